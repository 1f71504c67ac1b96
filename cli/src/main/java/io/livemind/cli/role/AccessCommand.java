package io.livemind.cli.role;

import io.livemind.cli.CommandContext;
import io.livemind.cli.CommandException;
import io.livemind.cli.ExitCode;
import io.livemind.cli.Version;
import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.resource.PatternType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One principal per role: what each may do, shown or granted. */
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows what each role's principal must be allowed on the cluster, or grants it.",
      "Grants are added; those that are there already stay. Run it with an administrator's login.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind access",
      "  livemind access --apply --config admin.yaml",
      "  livemind access --apply --passwords users.properties --config admin.yaml"
    })
public final class AccessCommand implements Callable<Integer> {
  private static final int WAIT_SECONDS = 20;

  /** What Kafka's own tools take. */
  private static final ScramCredentialInfo SCRAM =
      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);

  private final CommandContext context;

  @Mixin private RoleOptions options = new RoleOptions();

  @Option(names = "--apply", description = "Grant it, instead of showing it.")
  private boolean apply;

  @Option(
      names = "--passwords",
      paramLabel = "FILE",
      description =
          "With --apply: also make the users (SCRAM-SHA-512); a line PRINCIPAL=PASSWORD each.")
  private @Nullable Path passwords;

  public AccessCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (passwords != null && !apply)
      throw CommandException.usage(
          "--passwords makes users only with --apply: add --apply, or leave out --passwords");
    Settings settings = options.settings(context.environment());
    Map<String, List<AclBinding>> rights =
        Rights.of(KafkaSettings.topics(settings), KafkaSettings.applicationId(settings));
    if (apply) grant(settings, rights);
    rights.forEach(this::show);
    return ExitCode.OK.code();
  }

  private void grant(Settings settings, Map<String, List<AclBinding>> rights) {
    List<UserScramCredentialAlteration> users = users(rights);
    try (Admin admin = ClusterCheck.admin(settings)) {
      ClusterCheck.answers(settings, admin);
      if (!users.isEmpty()) await(settings, admin.alterUserScramCredentials(users).all());
      List<AclBinding> all = rights.values().stream().flatMap(List::stream).toList();
      await(settings, admin.createAcls(all).all());
    }
  }

  private List<UserScramCredentialAlteration> users(Map<String, List<AclBinding>> rights) {
    List<UserScramCredentialAlteration> users = new ArrayList<>();
    if (passwords == null) return users;
    Properties given = read(passwords);
    for (String principal : rights.keySet()) {
      String password = given.getProperty(principal);
      if (password == null || password.isBlank())
        throw CommandException.usage(
            "--passwords "
                + passwords
                + " has no line "
                + principal
                + "=PASSWORD; the principals are "
                + String.join(", ", rights.keySet()));
      users.add(new UserScramCredentialUpsertion(principal, SCRAM, password));
    }
    return users;
  }

  private static Properties read(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw CommandException.usage("--passwords " + file + " cannot be read: " + e);
    }
    return properties;
  }

  private static void await(Settings settings, KafkaFuture<Void> answer) {
    try {
      answer.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw ClusterFailure.of(settings, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw ClusterFailure.of(settings, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void show(String principal, List<AclBinding> rights) {
    for (AclBinding right : rights)
      context
          .out()
          .println(
              String.join(
                  " ",
                  "User:" + principal,
                  right.entry().operation().name(),
                  right.pattern().resourceType().name().toLowerCase(Locale.ROOT),
                  right.pattern().name()
                      + (right.pattern().patternType() == PatternType.PREFIXED ? "*" : "")));
  }
}
