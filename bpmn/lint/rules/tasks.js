const templates = require('../../templates/drover.json');

/** Drover's tasks by their delegate expression, with what the element templates say of their fields. */
const tasks = new Map(templates.map((template) => [
  template.properties.find((property) => property.binding.name === 'camunda:delegateExpression').value,
  new Map(template.properties
    .filter((property) => property.binding.type === 'camunda:field')
    .map((property) => [property.binding.name, property]))
]));

/** Reads an attribute of the engine's, whether the parser knows the engine's words or not. */
const engine = (node, name) => node.get(`camunda:${name}`) ?? (node.$attrs || {})[`camunda:${name}`];

const children = (node) => node.$children || [];

function fields(node) {
  const values = (node.extensionElements && node.extensionElements.values) || [];
  return values.filter((value) => value.$type.toLowerCase() === 'camunda:field').map((field) => {
    const child = children(field)[0] || {};
    return {
      name: field.name,
      expression: field.expression !== undefined || child.$type === 'camunda:expression',
      value: String(field.stringValue ?? field.string ?? field.expression ?? child.$body ?? '').trim()
    };
  });
}

function fault(property, { name, value, expression }) {
  if (!property) {
    return `has no field '${name}'`;
  }
  if (expression && value.includes('${')) {
    return null;
  }
  const { notEmpty, pattern } = property.constraints || {};
  if (notEmpty && !value) {
    return `needs a value for '${name}'`;
  }
  if (property.choices && !property.choices.some((choice) => choice.value === value)) {
    return `has '${value}' as '${name}'; it must be one of ${property.choices.map((choice) => choice.value).filter(Boolean).join(', ')}`;
  }
  return pattern && !new RegExp(`^(?:${pattern.value})$`).test(value) ? `has '${value}' as '${name}': ${pattern.message}` : null;
}

/** A service task is one of Drover's with right fields, or is done by a worker. */
module.exports = () => ({
  check(node, reporter) {
    if (node.$type === 'bpmn:ScriptTask') {
      reporter.report(node.id, 'Scripts are not run');
    }
    const type = engine(node, 'type');
    if (type !== undefined && type !== 'external' && node.$type.endsWith('Task')) {
      reporter.report(node.id, `camunda:type '${type}' is not allowed; the only type is external`);
    }
    if (node.$type !== 'bpmn:ServiceTask' || type !== undefined || engine(node, 'expression') !== undefined) {
      return;
    }
    const known = tasks.get(engine(node, 'delegateExpression'));
    if (!known) {
      reporter.report(node.id, `Must have one of ${[...tasks.keys()].join(', ')}, or be external`);
      return;
    }
    const given = fields(node);
    given.map((field) => fault(known.get(field.name), field)).filter(Boolean)
      .forEach((message) => reporter.report(node.id, message));
    [...known.values()].filter((property) => property.constraints && property.constraints.notEmpty && !property.choices)
      .filter((property) => !given.some((field) => field.name === property.binding.name))
      .forEach((property) => reporter.report(node.id, `needs the field '${property.binding.name}'`));
  }
});
