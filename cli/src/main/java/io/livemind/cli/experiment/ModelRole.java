package io.livemind.cli.experiment;

/** The two models of the built-in arms. */
public enum ModelRole {
  LARGE("large", "--llm", "LIVEMIND_LLM_API_KEY"),
  SMALL("small", "--slm", "LIVEMIND_SLM_API_KEY");

  private final String model;
  private final String option;
  private final String keyVariable;

  ModelRole(String model, String option, String keyVariable) {
    this.model = model;
    this.option = option;
    this.keyVariable = keyVariable;
  }

  /** Its name in tasks and in the workers' configuration. */
  public String model() {
    return model;
  }

  /** The option that names its server. */
  String option() {
    return option;
  }

  /** The environment variable that holds the key to its server. */
  String keyVariable() {
    return keyVariable;
  }
}
