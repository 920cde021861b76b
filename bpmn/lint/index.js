module.exports = {
  configs: {
    recommended: {
      rules: {
        'bpmnlint/start-event-required': 'error',
        'bpmnlint/end-event-required': 'error',
        'bpmnlint/single-blank-start-event': 'error',
        'bpmnlint/single-event-definition': 'error',
        'bpmnlint/sub-process-blank-start-event': 'error',
        'bpmnlint/event-sub-process-typed-start-event': 'error',
        'bpmnlint/event-based-gateway': 'error',
        'bpmnlint/link-event': 'error',
        'bpmnlint/conditional-flows': 'error',
        'bpmnlint/no-complex-gateway': 'error',
        'bpmnlint/no-disconnected': 'error',
        'bpmnlint/no-duplicate-sequence-flows': 'error',
        'drover/executable': 'error',
        'drover/tasks': 'error'
      }
    }
  },
  rules: {
    executable: './rules/executable',
    tasks: './rules/tasks'
  }
};
