import { Client, Variables } from "camunda-external-task-client-js";

const withKey = (config) => ({
  ...config,
  headers: { ...config.headers, "X-API-Key": process.env.WORKER_KEY },
});

const client = new Client({
  baseUrl: process.env.WORKER_URL,
  workerId: "npm-worker",
  asyncResponseTimeout: 2000,
  interval: 200,
  interceptors: [withKey],
});

let asked = 0;

client.subscribe(process.env.WORKER_TOPIC, { lockDuration: 20000 }, async ({ task, taskService }) => {
  if (task.activityId === "T0" && asked++ === 0) {
    await taskService.extendLock(task, 30000);
    await taskService.handleFailure(task, { errorMessage: "DNS is away", retries: 0, retryTimeout: 0 });
  } else if (task.activityId === "T0") {
    const answer = new Variables();
    answer.set("record", { name: task.variables.get("vm"), ttl: 300 });
    await taskService.complete(task, answer);
  } else if (task.activityId === "T1") {
    await taskService.handleBpmnError(task, "dns-taken", "The name is taken");
  }
});
