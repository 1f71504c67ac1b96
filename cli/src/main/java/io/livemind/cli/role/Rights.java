package io.livemind.cli.role;

import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.workers.ShareGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What each principal may do on the cluster: one for each role, one that makes the topics, one for
 * the operator's commands. The least that they need: a worker cannot read what people type.
 */
public final class Rights {
  /** Creates topics, mends their settings and configures share groups. */
  public static final String TOPICS = "topics";

  /** Reads dead letters and sends them again. */
  public static final String OPERATOR = "operator";

  private final Topics topics;
  private final String applicationId;
  private final Map<String, List<AclBinding>> byPrincipal = new LinkedHashMap<>();

  private Rights(Topics topics, String applicationId) {
    this.topics = topics;
    this.applicationId = applicationId;
  }

  /** By the principal's name, in the order of the data. */
  public static Map<String, List<AclBinding>> of(Topics topics, String applicationId) {
    return new Rights(topics, applicationId).all();
  }

  private Map<String, List<AclBinding>> all() {
    for (Role role : Role.values())
      new TreeMap<>(role.access(topics))
          .forEach((topic, operation) -> topic(role.label(), LITERAL, topic, operation));
    topology(Role.TOPOLOGY.label());
    for (String group : ShareGroups.names(applicationId))
      group(Role.WORKER.label(), LITERAL, group, READ, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS);

    topic(TOPICS, PREFIXED, topics.prefix(), CREATE, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS);
    for (String group : ShareGroups.names(applicationId))
      group(TOPICS, LITERAL, group, DESCRIBE_CONFIGS, ALTER_CONFIGS);

    topic(OPERATOR, LITERAL, topics.deadLetters().name(), READ);
    for (Topic<?, ?> retried : topics.inOrder())
      if (!retried.equals(topics.deadLetters())) topic(OPERATOR, LITERAL, retried.name(), WRITE);
    return byPrincipal;
  }

  /** Streams makes its changelogs itself; it also looks at how far the share groups are. */
  private void topology(String principal) {
    String own = applicationId + "-";
    topic(principal, PREFIXED, own, CREATE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE);
    group(principal, LITERAL, applicationId, READ, DESCRIBE);
    for (String group : ShareGroups.names(applicationId))
      group(principal, LITERAL, group, DESCRIBE);
    grant(principal, ResourceType.TRANSACTIONAL_ID, PREFIXED, own, DESCRIBE, WRITE);
  }

  private void topic(
      String principal, PatternType pattern, String name, AclOperation... operations) {
    grant(principal, ResourceType.TOPIC, pattern, name, operations);
  }

  private void group(
      String principal, PatternType pattern, String name, AclOperation... operations) {
    grant(principal, ResourceType.GROUP, pattern, name, operations);
  }

  private void grant(
      String principal,
      ResourceType type,
      PatternType pattern,
      String name,
      AclOperation... operations) {
    var resource = new ResourcePattern(type, name, pattern);
    Arrays.stream(operations)
        .map(
            operation ->
                new AccessControlEntry(
                    "User:" + principal, "*", operation, AclPermissionType.ALLOW))
        .map(entry -> new AclBinding(resource, entry))
        .forEach(byPrincipal.computeIfAbsent(principal, _ -> new ArrayList<>())::add);
  }
}
