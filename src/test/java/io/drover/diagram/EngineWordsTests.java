package io.drover.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.DiagramEdits;
import io.drover.inventory.PowerState;
import io.drover.inventory.VmState;
import io.drover.inventory.life.Verb;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/** The lists here against what the engine and the server really read. */
class EngineWordsTests {
    private static final String ELEMENT = "org/camunda/bpm/engine/impl/util/xml/Element";
    private static final String PACKAGE = "org.camunda.bpm.engine.impl.";

    /** What the engine reads in the drawing, by the drawing's namespaces. */
    private static final Set<String> DRAWN =
            Set.of("BPMNDiagram", "BPMNPlane", "BPMNShape", "BPMNEdge", "Bounds", "waypoint");

    /** Compared near a tag's name, but with the type of a form's field. */
    private static final Set<String> FORM_TYPES = Set.of("date", "enum");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpmn.parser.BpmnParse",
                "bpmn.parser.BpmnParseUtil",
                "bpmn.parser.DefaultFailedJobParseListener",
                "form.handler.DefaultFormHandler",
                "form.type.FormTypes"
            })
    void everyElementThatTheEngineLooksForIsOnAList(String parser) throws IOException {
        var names = new Calls(parser).first("element", "elements", "elementNS", "elementsNS", "getTagName", "equals");
        names.removeAll(DRAWN);
        names.removeAll(FORM_TYPES);
        assertThat(names).isNotEmpty().allMatch(ExtensionWords::isReadByTheEngine, "is read by the engine");
    }

    @Test
    void theLookForElementsIsSeen() throws IOException {
        assertThat(new Calls("bpmn.parser.BpmnParse").first("element", "elements"))
                .contains("connector", "extensionElements", "multiInstanceLoopCharacteristics", "errorEventDefinition");
        assertThat(new Calls("bpmn.parser.BpmnParseUtil").first("elements", "getTagName"))
                .contains("script", "list", "entry");
    }

    @Test
    void attributesThatNameCodeAreRefusedByName() throws IOException {
        var read = new Calls("bpmn.parser.BpmnParse").first("attributeNS");
        assertThat(read)
                .contains("class", "formHandlerClass", "variableMappingClass", "resource", "decisionRef", "caseRef")
                .filteredOn(name -> name.contains("lass") || name.contains("Ref") || name.contains("esource"))
                .allMatch(ExtensionWords.REFUSED_ATTRIBUTES::containsKey);
    }

    @Test
    void theServersWordsAreTheseHere() {
        assertThat(DroverWords.STATES)
                .isEqualTo(Arrays.stream(VmState.values()).map(Enum::name).toList());
        assertThat(Stream.of(DroverWords.VERBS, DroverWords.RESERVED_VERBS).flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Arrays.stream(Verb.values()).map(Verb::word), Stream.of("create"))
                                .toList());
        assertThat(DroverWords.OPERATIONS.stream().map(verb -> "vm-" + verb))
                .containsExactlyInAnyOrderElementsOf(DiagramEdits.PROCESSES);
        assertThat(DroverWords.POWERS)
                .isEqualTo(Arrays.stream(PowerState.values()).map(Enum::name).toList());
    }

    /** The last text constant before each call of a method of the engine's elements, or of a comparison with a tag's name. */
    private static final class Calls extends ClassVisitor {
        private final Set<List<String>> found = new java.util.HashSet<>();

        Calls(String type) throws IOException {
            super(Opcodes.ASM9);
            try (var file =
                    Calls.class.getClassLoader().getResourceAsStream((PACKAGE + type).replace('.', '/') + ".class")) {
                new ClassReader(file).accept(this, ClassReader.SKIP_DEBUG);
            }
        }

        /** The constants given to methods with these names. */
        Set<String> first(String... methods) {
            var names = new TreeSet<String>();
            found.stream()
                    .filter(call -> List.of(methods).contains(call.get(0)))
                    .forEach(call -> names.add(call.get(1)));
            return names;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                private String constant = "";
                private boolean tagged;

                @Override
                public void visitLdcInsn(Object value) {
                    constant = value instanceof String text ? text : constant;
                }

                @Override
                public void visitMethodInsn(int code, String owner, String method, String types, boolean ofInterface) {
                    tagged |= owner.equals(ELEMENT) && method.equals("getTagName");
                    boolean compared = tagged && owner.equals("java/lang/String") && method.equals("equals");
                    if ((owner.equals(ELEMENT) || compared) && constant.matches("[A-Za-z]+")) {
                        found.add(List.of(method, constant));
                        constant = "";
                    }
                }
            };
        }
    }
}
