package io.drover.workflow.expression;

import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidator;
import org.camunda.bpm.engine.impl.form.validator.FormValidators;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/** The constraints that a form field can have: the engine's own, without the one that names a class. */
public final class ClosedForms extends FormValidators {

    @Override
    public @Nullable FormFieldValidator createValidator(
            Element constraint, BpmnParse parse, ExpressionManager expressions) {
        var name = constraint.attribute("name");
        if (name == null || !getValidators().containsKey(name)) {
            var known = getValidators().keySet().stream().sorted().toList();
            parse.addError("The constraint '" + name + "' of a form field is none of " + known, constraint);
            return null;
        }
        return super.createValidator(constraint, parse, expressions);
    }
}
