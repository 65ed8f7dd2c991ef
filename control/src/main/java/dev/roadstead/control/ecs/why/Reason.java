package dev.roadstead.control.ecs.why;

import java.util.Locale;

/// Everything `why` can say. A closed list: docs/reasons.md is made from it.
public enum Reason {
  // what is not wrong
  AS_WANTED("Everything is as it is asked to be.", "Nothing needs to change."),
  STARTING("It is being started.", "Wait: it is reported when it has started."),
  PULLING("Its image is being fetched.", "Wait; use a smaller image or a nearer registry."),
  STOPPING("It was asked to stop and has not ended yet.", "Wait for its stop timeout."),
  ROLLING_OUT("A deployment is going on.", "Wait: it goes on by itself."),
  FINISHED("Its essential container ended with exit code 0.", "Run it again if it is to."),
  STOPPED_BY_CALLER("Somebody called StopTask.", "Start it again if that was not meant."),
  STOPPED_BY_SCHEDULER(
      "The service scheduler stopped it, to scale in or to roll out.", "Nothing needs to change."),
  DELETED("It was deleted.", "Create it again if that was not meant."),
  // no room
  NO_INSTANCE("The cluster has no container instance.", "Start an agent for this cluster."),
  PROVIDER_EMPTY(
      "No container instance has joined the capacity provider.",
      "Start an agent with this capacity provider."),
  NONE_ACTIVE("No container instance is ACTIVE.", "Set one to ACTIVE, or add one."),
  NO_CPU("No instance has enough free CPU units.", "Add room, or ask for less CPU."),
  NO_MEMORY("No instance has enough free memory.", "Add room, or ask for less memory."),
  NO_GPU("No instance has enough free GPUs.", "Add an instance with GPUs."),
  PORT_IN_USE("A host port that it asks for is in use.", "Use host port 0, or add an instance."),
  ATTRIBUTE_MISSING(
      "No instance has an attribute that it needs.", "Set the attribute on an instance."),
  CONSTRAINT_UNMET("No instance meets its placement constraints.", "Change the constraint."),
  AGENT_AWAY("The agent of the instance is not connected.", "Start or reach the agent."),
  WAITS_FOR_ROOM(
      "It waits, in order, for room on its capacity provider.",
      "Add an instance to the capacity provider."),
  WAITED_TOO_LONG("No room came while it waited.", "Add room and run it again."),
  // what went wrong in starting and running
  IMAGE_NOT_FOUND("Its image does not exist.", "Correct the image's name or tag, or push it."),
  REGISTRY_REFUSED(
      "The registry does not answer or does not let it in.",
      "Check the registry's address and credentials."),
  BAD_COMMAND("Its command can't be run.", "Correct command or entry point, or the image."),
  NOT_STARTED("Its container could not be made or started.", "See the container's reason."),
  OUT_OF_MEMORY(
      "It used more memory than its limit and was killed.", "Raise the limit, or use less."),
  HEALTH_FAILED("Its health check failed.", "Correct the check, or give it more time to start."),
  DEPENDENCY_UNMET(
      "A container that another one waits for has not come so far.",
      "Look at the container that is waited for."),
  EXITED("Its essential container ended with an error.", "See the container's log."),
  INSTANCE_GONE("Its instance was deregistered or lost.", "Nothing; a service replaces it."),
  UNEXPLAINED("It failed for a reason of its agent's own.", "See the stopped reason."),
  // services
  CRASH_LOOP(
      "Its tasks end again and again, so starts are delayed.",
      "Correct what ends the tasks; a new deployment starts at once."),
  DEPLOYMENT_FAILED("Its deployment failed.", "Correct what ended its tasks and deploy again."),
  BLOCKED_BY_PERCENTAGES(
      "Its deployment percentages leave no room to start or stop a task.",
      "Lower minimumHealthyPercent or raise maximumPercent."),
  // instances and clusters
  DRAINING("It is DRAINING: nothing is placed on it.", "Set it to ACTIVE to use it again."),
  FULL("It has no CPU or no memory left.", "Add an instance."),
  UNUSED("It is free and nothing has asked for it.", "Nothing needs to change."),
  NOT_FOUND("There is nothing of that name.", "Check name, cluster, account and region.");

  private final String text;
  private final String advice;

  Reason(String text, String advice) {
    this.text = text;
    this.advice = advice;
  }

  /// The stable name for machines, for example `no-memory`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String text() {
    return text;
  }

  /// What helps in general.
  public String advice() {
    return advice;
  }
}
