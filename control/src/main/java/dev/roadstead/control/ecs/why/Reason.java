package dev.roadstead.control.ecs.why;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Everything `why` can say. A closed list: docs/reasons.md is made from it.
public enum Reason {
  // what is not wrong
  AS_WANTED("Everything is as it is asked to be.", "Nothing needs to change."),
  STARTING("It is being started.", "Wait: it is reported when it has started."),
  PULLING("Its image is being fetched.", "Wait; use a smaller image or a nearer registry."),
  STOPPING("It was asked to stop and has not ended yet.", "Wait for its stop timeout."),
  ROLLING_OUT("A deployment is going on.", "Wait: it goes on by itself."),
  BAKING(
      "The new tasks run and are watched for a while before the deployment is complete.",
      "Wait for the time that is shown; a shorter bake time holds for the next deployment."),
  FINISHED("Its essential container ended with exit code 0.", "Run it again if it is to."),
  STOPPED_BY_CALLER("Somebody called StopTask.", "Start it again if that was not meant."),
  SCALED_IN(
      "The service has fewer tasks than before, and this one was given up.",
      "Raise the service's desired count if that was not meant."),
  REPLACED("A newer deployment of the service replaced it.", "Nothing needs to change."),
  DRAINED_AWAY(
      "Its container instance was set to DRAINING, so the service moved it.",
      "Nothing needs to change; the service starts it elsewhere."),
  REBALANCED(
      "The service moved it to another availability zone, to be spread evenly.",
      "Nothing needs to change."),
  SURPLUS(
      "Its container instance was away, another task took its place, and it was too much when the"
          + " instance came back.",
      "Nothing; a longer lease keeps the place for longer."),
  SERVICE_DELETED(
      "Its service or task set was deleted.", "Create the service again if that was not meant."),
  STOPPED_BY_SCHEDULER("The service scheduler stopped it.", "Nothing needs to change."),
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
  CAPABILITY_MISSING(
      "No instance's agent can do what the task definition needs.",
      "Use an instance whose agent can, or a task definition that does not need it."),
  CONSTRAINT_UNMET("No instance meets its placement constraints.", "Change the constraint."),
  DISTINCT_INSTANCE(
      "Each task needs an instance of its own, and every one has a task of the group already.",
      "Add an instance, or ask for fewer tasks."),
  AGENT_AWAY("The agent of the instance is not connected.", "Start or reach the agent."),
  WAITS_FOR_ROOM(
      "It waits, in order, for room on its capacity provider.",
      "Add an instance to the capacity provider."),
  WAITED_TOO_LONG("No room came while it waited.", "Add room and run it again."),
  REFUSED_BY_AGENT(
      "The agent that it was placed on can never run it.",
      "Ask for no more than the instance has registered."),
  // what went wrong in starting
  IMAGE_NOT_FOUND("Its image does not exist.", "Correct the image's name or tag, or push it."),
  WRONG_PLATFORM(
      "Its image is for another processor or operating system.",
      "Push an image for the platform of the instances, or constrain it to others."),
  REGISTRY_REFUSED(
      "The registry does not let it in.",
      "Check the registry's credentials, and that they may pull this image."),
  REGISTRY_UNREACHABLE(
      "The registry does not answer.",
      "Check the registry's address, and name server, network and certificates of the instance."),
  RATE_LIMITED(
      "The registry answers no more requests for now.",
      "Wait; log in to the registry, or use a mirror."),
  PULL_FAILED("Its image could not be fetched.", "See the container's reason."),
  DISK_FULL(
      "The disk of its instance is full.",
      "Free disk space on the instance: remove images and stopped containers."),
  BAD_COMMAND("Its command can't be run.", "Correct command or entry point, or the image."),
  VOLUME_FAILED("A volume of it could not be made.", "Correct the volume's configuration."),
  RESOURCES_FAILED(
      "What it needs beside its containers could not be made ready.", "See the stopped reason."),
  ENGINE_TIMEOUT(
      "The container engine did not answer in time.",
      "Look at the load and the disk of the instance, and at its engine's log."),
  NOT_STARTED("Its container could not be made or started.", "See the container's reason."),
  DEPENDENCY_UNMET(
      "A container that another one waits for has not come so far.",
      "Look at the container that is waited for."),
  // what went wrong in running
  OUT_OF_MEMORY(
      "It used more memory than its limit and was killed.", "Raise the limit, or use less."),
  HEALTH_FAILED("Its health check failed.", "Correct the check, or give it more time to start."),
  EXITED("Its essential container ended with an error.", "See the container's log."),
  KILLED(
      "The process of its essential container was ended by a signal.",
      "See the container's log, and the kernel's on the instance: something ended it from outside,"
          + " or it crashed."),
  CONTAINER_VANISHED(
      "Its container is gone, though nobody here removed it.",
      "Find what removes containers on the instance, or restarts its engine."),
  INSTANCE_GONE("Its instance was deregistered or lost.", "Nothing; a service replaces it."),
  UNEXPLAINED("It failed for a reason of its agent's own.", "See the stopped reason."),
  // services and deployments
  CRASH_LOOP(
      "Its tasks end again and again, so starts are delayed.",
      "Correct what ends the tasks; a new deployment starts at once."),
  CIRCUIT_BREAKER(
      "Too many tasks of the deployment failed, and its circuit breaker ended it.",
      "Correct what ended its tasks and deploy again."),
  ALARM("An alarm ended the deployment.", "Correct what the alarm is about, and deploy again."),
  HOOK_FAILED(
      "A lifecycle hook failed and ended the deployment.", "Correct the hook and deploy again."),
  DEPLOYMENT_STOPPED(
      "The deployment was stopped, by StopServiceDeployment or by a newer one.",
      "Deploy again if that was not meant."),
  DEPLOYMENT_LATE(
      "The deployment took longer than a deployment may.",
      "Correct what holds it up and deploy again."),
  DEPLOYMENT_FAILED("Its deployment failed.", "Correct what ended its tasks and deploy again."),
  WAITS_AT_HOOK(
      "The deployment waits at a lifecycle hook.",
      "Let the hook end, or answer it with ContinueServiceDeployment."),
  PROTECTED(
      "Tasks that are to stop are under protection.",
      "End the protection with UpdateTaskProtection, or wait until it expires."),
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

  /// The reason of that code; null when it is none, or of a newer release.
  public static @Nullable Reason of(String code) {
    for (Reason one : values()) {
      if (one.code().equals(code)) {
        return one;
      }
    }
    return null;
  }

  public String text() {
    return text;
  }

  /// What helps in general.
  public String advice() {
    return advice;
  }
}
