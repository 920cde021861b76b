package io.drover.workflow.expression;

import java.util.Map;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidator;
import org.camunda.bpm.engine.impl.form.validator.FormValidators;
import org.camunda.bpm.engine.impl.form.validator.MaxLengthValidator;
import org.camunda.bpm.engine.impl.form.validator.MaxValidator;
import org.camunda.bpm.engine.impl.form.validator.MinLengthValidator;
import org.camunda.bpm.engine.impl.form.validator.MinValidator;
import org.camunda.bpm.engine.impl.form.validator.ReadOnlyValidator;
import org.camunda.bpm.engine.impl.form.validator.RequiredValidator;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/** The constraints that a form field can have: the engine's own, without the one that names a class. */
final class ClosedForms extends FormValidators {
    private static final Map<String, Class<? extends FormFieldValidator>> KNOWN = Map.of(
            "min", MinValidator.class,
            "max", MaxValidator.class,
            "minlength", MinLengthValidator.class,
            "maxlength", MaxLengthValidator.class,
            "required", RequiredValidator.class,
            "readonly", ReadOnlyValidator.class);

    ClosedForms() {
        KNOWN.forEach(this::addValidator);
    }

    @Override
    public @Nullable FormFieldValidator createValidator(
            Element constraint, BpmnParse parse, ExpressionManager expressions) {
        var name = constraint.attribute("name");
        if (name == null || !KNOWN.containsKey(name)) {
            var known = KNOWN.keySet().stream().sorted().toList();
            parse.addError("The constraint '" + name + "' of a form field is none of " + known, constraint);
            return null;
        }
        return super.createValidator(constraint, parse, expressions);
    }
}
