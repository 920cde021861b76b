package io.drover;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What a process can wait for that is no program: how it is drawn, what is told of it, and how it comes. */
enum EngineWaits {
    PERSON("<userTask id='ID' name='Look ${vm}'/>", "Task for a person: Look") {
        @Override
        void come(DroverClient admin, String process) {
            var task = first(admin, "task", process);
            admin.post("/engine-rest/task/" + task.path("id").asText() + "/complete", "{}")
                    .expecting(204);
        }
    },
    WORKER(
            "<serviceTask id='ID' name='Register' camunda:type='external' camunda:topic='it-waits'/>",
            "Worker for topic 'it-waits': Register") {
        @Override
        void come(DroverClient admin, String process) {
            work(admin, process);
        }
    },
    WORKER_SENDING(
            "<sendTask id='ID' name='Send' camunda:type='external' camunda:topic='it-${vm}'/>",
            "Worker for topic 'it-") {
        @Override
        void come(DroverClient admin, String process) {
            work(admin, process);
        }
    },
    WORKER_THROWING(
            "<intermediateThrowEvent id='ID' name='Tell'><messageEventDefinition id='M_ID' camunda:type='external'"
                    + " camunda:topic='it-waits'/></intermediateThrowEvent>",
            "Worker for topic 'it-waits': Tell") {
        @Override
        void come(DroverClient admin, String process) {
            work(admin, process);
        }
    },
    RECEIVE("<receiveTask id='ID' name='Hear' messageRef='Message'/>", "Message 'it-go-on': Hear") {
        @Override
        void come(DroverClient admin, String process) {
            message(admin, process);
        }
    },
    RECEIVE_PLAIN("<receiveTask id='ID' name='Hear'/>", "Receive task: Hear") {
        @Override
        void come(DroverClient admin, String process) {
            admin.post("/engine-rest/execution/" + process + "/signal", "{}").expecting(204);
        }
    },
    MESSAGE(
            "<intermediateCatchEvent id='ID' name='Hear'><messageEventDefinition id='M_ID' messageRef='Message'/>"
                    + "</intermediateCatchEvent>",
            "Message 'it-go-on': Hear") {
        @Override
        void come(DroverClient admin, String process) {
            message(admin, process);
        }
    },
    SIGNAL(
            "<intermediateCatchEvent id='ID' name='See'><signalEventDefinition id='S_ID' signalRef='Signal'/>"
                    + "</intermediateCatchEvent>",
            "Signal 'it-signal': See") {
        @Override
        void come(DroverClient admin, String process) {
            admin.post("/engine-rest/signal", Map.of("name", "it-signal")).expecting(204);
        }
    },
    TIMER(
            "<intermediateCatchEvent id='ID' name='An hour'><timerEventDefinition id='T_ID'><timeDuration>PT1H</timeDuration>"
                    + "</timerEventDefinition></intermediateCatchEvent>",
            "Timer until 20") {
        @Override
        void come(DroverClient admin, String process) {
            var job = first(admin, "job", process);
            admin.post("/engine-rest/job/" + job.path("id").asText() + "/execute")
                    .expecting(204);
        }
    },
    CONDITION(
            "<intermediateCatchEvent id='ID' name='Ready'><conditionalEventDefinition id='C_ID'><condition"
                    + " xsi:type='tFormalExpression'>${now() != null and ready}</condition></conditionalEventDefinition>"
                    + "</intermediateCatchEvent>",
            "Condition: Ready") {
        @Override
        void come(DroverClient admin, String process) {
            set(admin, process, true);
        }
    },
    GATEWAY(
            "<eventBasedGateway id='ID' name='Either'/><intermediateCatchEvent id='By' name='Late'><timerEventDefinition"
                    + " id='T_By'><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>"
                    + "<endEvent id='TooLate'><errorEventDefinition id='D_By' errorRef='Own'/></endEvent>"
                    + StatusDiagram.flow("ID", "By")
                    + StatusDiagram.flow("By", "TooLate")
                    + "NEXT<intermediateCatchEvent id='ID' name='Hear'><messageEventDefinition id='M_ID' messageRef='Message'/>"
                    + "</intermediateCatchEvent>",
            "The first of Timer until 20") {
        @Override
        void come(DroverClient admin, String process) {
            message(admin, process);
        }
    },
    CALLED(
            "<callActivity id='ID' name='Call' calledElement='it-called'/>",
            "Worker for topic 'it-waits': Inner in it-called") {
        @Override
        void come(DroverClient admin, String process) {
            var called = admin.get("/engine-rest/process-instance?superProcessInstance=" + process)
                    .expecting(200)
                    .path(0)
                    .path("id")
                    .asText();
            work(admin, called);
        }
    };

    /** The process that {@link #CALLED} calls. */
    static final String INNER = StatusDiagram.of(
            "it-called",
            StatusDiagram.line(
                    "C", "<serviceTask id='ID' name='Inner' camunda:type='external' camunda:topic='it-waits'/>"));

    private final String drawn;
    final String told;

    EngineWaits(String drawn, String told) {
        this.drawn = drawn;
        this.told = told;
    }

    /** Makes it come. */
    abstract void come(DroverClient admin, String process);

    /** The elements it is drawn with, one after the other. */
    String[] steps() {
        return drawn.split("NEXT");
    }

    /** The same diagram with the message and the signal that it names. */
    static String defined(String diagram) {
        return diagram.replace(
                "<process", "<message id='Message' name='it-go-on'/><signal id='Signal' name='it-signal'/><process");
    }

    static JsonNode first(DroverClient admin, String kind, String process) {
        return admin.get("/engine-rest/" + kind + "?processInstanceId=" + process)
                .expecting(200)
                .path(0);
    }

    /** Takes the task of the process as a worker does. */
    static String lock(DroverClient admin, String process) {
        var task = first(admin, "external-task", process).path("id").asText();
        admin.post("/engine-rest/external-task/" + task + "/lock", Map.of("workerId", "w", "lockDuration", 60_000))
                .expecting(204);
        return "/engine-rest/external-task/" + task;
    }

    private static void work(DroverClient admin, String process) {
        admin.post(lock(admin, process) + "/complete", Map.of("workerId", "w")).expecting(204);
    }

    private static void message(DroverClient admin, String process) {
        admin.post("/engine-rest/message", Map.of("messageName", "it-go-on", "processInstanceId", process))
                .expecting(204);
    }

    static void set(DroverClient admin, String process, boolean ready) {
        admin.put(
                        "/engine-rest/process-instance/" + process + "/variables/ready",
                        Map.of("value", ready, "type", "Boolean"))
                .expecting(204);
    }
}
