/** A file has one executable process. */
module.exports = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:Definitions') {
      return;
    }
    const processes = (node.rootElements || []).filter((element) => element.$type === 'bpmn:Process');
    const executable = processes.filter((process) => process.isExecutable);
    if (executable.length !== 1) {
      const where = (executable[1] || processes[0] || node).id;
      reporter.report(where, `The file has ${executable.length} executable processes; it must have one`);
    }
  }
});
