package io.drover.workflow;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.jspecify.annotations.Nullable;

/** The house rules for how a diagram in bpmn/ looks. */
class LayoutRules {

    private final List<String> violations = new ArrayList<>();

    private LayoutRules() {}

    /** What is drawn wrong, in words; nothing when the drawing keeps all rules. */
    static List<String> violationsOf(BpmnModelInstance model) {
        var rules = new LayoutRules();
        var nodes = List.copyOf(model.getModelElementsByType(FlowNode.class));
        nodes.forEach(rules::checkDrawn);
        model.getModelElementsByType(SequenceFlow.class).forEach(rules::checkEdge);
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = i + 1; j < nodes.size(); j++) {
                rules.checkApart(nodes.get(i), nodes.get(j));
            }
        }
        return rules.violations;
    }

    private void checkDrawn(FlowNode node) {
        var bounds = boundsOf(node);
        check(bounds != null, node.getId() + " is not drawn");
        if (node.getParentElement() instanceof SubProcess parent) {
            var outer = boundsOf(parent);
            var inside = bounds == null || outer == null || contains(outer, bounds);
            check(inside, node.getId() + " lies outside of " + parent.getId());
        }
    }

    private void checkEdge(SequenceFlow flow) {
        BpmnEdge edge = flow.getDiagramElement();
        if (edge == null) {
            violations.add(flow.getId() + " is not drawn");
            return;
        }
        var points = List.copyOf(edge.getWaypoints());
        check(points.size() >= 2, flow.getId() + " is not drawn");
        for (int i = 1; i < points.size(); i++) {
            check(straight(points.get(i - 1), points.get(i)), flow.getId() + " runs askew");
        }
    }

    private void checkApart(FlowNode one, FlowNode other) {
        if (one instanceof BoundaryEvent
                || other instanceof BoundaryEvent
                || one.getParentElement().equals(other)
                || other.getParentElement().equals(one)) {
            return;
        }
        var a = boundsOf(one);
        var b = boundsOf(other);
        check(a == null || b == null || !overlap(a, b), one.getId() + " overlaps " + other.getId());
    }

    private static @Nullable Bounds boundsOf(FlowNode node) {
        return node.getDiagramElement() instanceof BpmnShape shape ? shape.getBounds() : null;
    }

    private static boolean straight(Waypoint from, Waypoint to) {
        return from.getX().equals(to.getX()) || from.getY().equals(to.getY());
    }

    private static boolean overlap(Bounds a, Bounds b) {
        return a.getX() < b.getX() + b.getWidth()
                && b.getX() < a.getX() + a.getWidth()
                && a.getY() < b.getY() + b.getHeight()
                && b.getY() < a.getY() + a.getHeight();
    }

    private static boolean contains(Bounds outer, Bounds inner) {
        return outer.getX() <= inner.getX()
                && outer.getY() <= inner.getY()
                && outer.getX() + outer.getWidth() >= inner.getX() + inner.getWidth()
                && outer.getY() + outer.getHeight() >= inner.getY() + inner.getHeight();
    }

    private void check(boolean kept, String violation) {
        if (!kept) {
            violations.add(violation);
        }
    }
}
