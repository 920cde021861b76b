package io.drover.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.Actor;
import io.drover.extension.wire.ExactJson;
import io.drover.operation.OperationProgress.Adoption;
import io.drover.operation.VmActions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes an operation of a process that somebody has started by hand to run a custom action. */
@Component
class CustomActionAdoption {
    private final ObjectProvider<VmActions> actions;
    private final ObjectMapper json;

    CustomActionAdoption(ObjectProvider<VmActions> actions, ObjectMapper json) {
        this.actions = actions;
        this.json = json;
    }

    Adoption of(DelegateExecution execution, String vm, Actor actor) {
        if (!(execution.getVariable(ProcessVariables.ACTION) instanceof String action)) {
            throw new BadUserRequestException("The process needs the variable '" + ProcessVariables.ACTION
                    + "', a custom action's name, as a String");
        }
        var adoption = actions.getObject().adopt(vm, action, parameters(execution), actor);
        ProcessVariables.set(execution, ProcessVariables.ACTION, action);
        execution.removeVariable(ProcessVariables.PARAMETERS);
        return adoption;
    }

    private Map<String, JsonNode> parameters(DelegateExecution execution) {
        var given = execution.getVariable(ProcessVariables.PARAMETERS);
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        if (given != null) {
            object(given).properties().forEach(field -> parameters.put(field.getKey(), field.getValue()));
        }
        return parameters;
    }

    private JsonNode object(Object given) {
        try {
            var read = given instanceof String text ? ExactJson.reader(json).readTree(text) : null;
            if (read != null && read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw refusal();
        }
        throw refusal();
    }

    private static BadUserRequestException refusal() {
        return new BadUserRequestException(
                "The variable '" + ProcessVariables.PARAMETERS + "' must be a JSON object as a String");
    }
}
