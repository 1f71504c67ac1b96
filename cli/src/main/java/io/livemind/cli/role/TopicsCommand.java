package io.livemind.cli.role;

import io.livemind.cli.CommandContext;
import io.livemind.cli.ExitCode;
import io.livemind.cli.Version;
import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.workers.ShareGroups;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the ground ready: topics, and what the share groups need before their first member. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Creates the topics that are missing, checks the others and mends their settings, and",
      "configures the share groups.",
      "Safe to run again; run it before the first start and after an upgrade.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind topics --bootstrap-servers localhost:9092 --set topics.replication-factor=1",
      "  livemind topics --config livemind.yaml"
    })
public final class TopicsCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private RoleOptions options = new RoleOptions();

  public TopicsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Settings settings = options.settings(context.environment());
    var layout = KafkaSettings.layout(settings);
    Topics topics = KafkaSettings.topics(settings);
    var kafka = KafkaSettings.of(settings);
    try (Admin admin = ClusterCheck.admin(settings)) {
      ClusterCheck.answers(settings, admin);
      var setup = new TopicSetup(admin, layout);
      setup.ensure(topics);
      String copies = "topics.replication-factor";
      setup
          .mend(topics, "livemind." + copies + settings.where(copies))
          .forEach(context.err()::println);
    }
    ShareGroups.prepare(kafka, ShareGroups.names(KafkaSettings.applicationId(settings)));
    for (Topic<?, ?> topic : topics.inOrder())
      context.out().println(topic.name() + " " + layout.partitions(topic.partitioning()));
    return ExitCode.OK.code();
  }
}
