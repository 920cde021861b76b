package io.drover.diagram;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.sax.SAXSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** BPMN's own schema: which of its elements and attributes lie where. */
final class Schema {
    /** The copy that the engine checks by, which lies in its jar. */
    private static final String FILE = "org/camunda/bpm/engine/impl/bpmn/parser/BPMN20.xsd";

    private static final Pattern RULE = Pattern.compile("^cvc-[\\w.-]+: ");
    private static final String PREFIXES = "\\{?\"http://www\\.omg\\.org/spec/BPMN/20100524/MODEL\":";

    /** Told at the end of the file, whatever the line was. */
    private static final Pattern REFERENCE = Pattern.compile("no ID/IDREF binding for IDREF '([^']*)'");

    private Schema() {}

    /** Read once; it takes most of a second. */
    private static final class Holder {
        static final javax.xml.validation.Schema SCHEMA = load();
    }

    /** Adds what the schema says about a file that is XML, by lines that nothing was said about yet. */
    static void check(byte[] xml, Node root, Faults faults) {
        var errors = new DefaultHandler() {
            @Override
            public void error(SAXParseException failure) {
                var reference = REFERENCE.matcher(String.valueOf(failure.getMessage()));
                if (reference.find()) {
                    dangling(reference.group(1), root, faults);
                } else {
                    var line = failure.getLineNumber();
                    faults.addUnlessKnown(line, idAt(line, root), told(failure));
                }
            }
        };
        try {
            var validator = Holder.SCHEMA.newValidator();
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setErrorHandler(errors);
            validator.validate(new SAXSource(DiagramXml.reader(), new InputSource(new ByteArrayInputStream(xml))));
        } catch (SAXException | IOException e) {
            faults.add(root, "BPMN's schema cannot be applied: " + e.getMessage());
        }
    }

    private static String told(SAXParseException failure) {
        var message = RULE.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
        return "Not as BPMN has it: " + message.replaceAll(PREFIXES, "").replaceAll("[{}]", "");
    }

    private static void dangling(String id, Node root, Faults faults) {
        root.all()
                .filter(node -> node.text().equals(id)
                        || node.attributes().stream()
                                .anyMatch(one -> one.value().equals(id)))
                .forEach(node -> faults.addUnlessKnown(
                        node.line(),
                        node.nearestId(),
                        "'" + id + "' is named here, but nothing in the file has that id"));
    }

    private static String idAt(int line, Node root) {
        return root.all()
                .filter(node -> node.line() <= line)
                .reduce((first, second) -> second)
                .map(Node::nearestId)
                .orElse("");
    }

    private static javax.xml.validation.Schema load() {
        try {
            var factory = SchemaFactory.newDefaultInstance();
            // these are the schema's own parts, beside it in the jar
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "all");
            return factory.newSchema(
                    Objects.requireNonNull(Schema.class.getClassLoader().getResource(FILE), FILE));
        } catch (SAXException e) {
            throw new IllegalStateException("BPMN's schema cannot be read", e);
        }
    }
}
