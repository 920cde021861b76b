package io.drover.diagram;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/** Reads XML without fetching anything: no DOCTYPE, hence no entities, and no more than a diagram needs. */
final class DiagramXml {
    private static final int MOST_BYTES = 5_000_000;
    private static final int DEEPEST = 100;

    private DiagramXml() {}

    /** Why a file cannot be read at all. */
    static final class Unreadable extends Exception {
        private final int line;

        Unreadable(int line, String message) {
            super(message);
            this.line = line;
        }

        Fault fault() {
            return new Fault(line, "", String.valueOf(getMessage()));
        }
    }

    /** The root element. */
    static Node read(byte[] xml) throws Unreadable {
        if (xml.length > MOST_BYTES) {
            throw new Unreadable(1, "The file has " + xml.length + " bytes; at most " + MOST_BYTES + " are read");
        }
        var tree = new Tree();
        try {
            var reader = reader();
            reader.setContentHandler(tree);
            reader.setErrorHandler(tree);
            reader.parse(new InputSource(new ByteArrayInputStream(xml)));
        } catch (SAXParseException e) {
            throw new Unreadable(Math.max(1, e.getLineNumber()), told(e));
        } catch (SAXException | IOException e) {
            throw new Unreadable(tree.line(), "Not XML that can be read: " + e.getMessage());
        }
        var root = tree.root;
        if (root == null) {
            throw new Unreadable(1, "The file is empty");
        }
        return root;
    }

    static XMLReader reader() throws SAXException {
        try {
            var factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var parser = factory.newSAXParser();
            // some JVMs have a limit of their own, in words of their own
            parser.setProperty("jdk.xml.maxElementDepth", String.valueOf(2 * DEEPEST));
            return parser.getXMLReader();
        } catch (ParserConfigurationException e) {
            throw new SAXException(e);
        }
    }

    private static String told(SAXParseException failure) {
        var message = String.valueOf(failure.getMessage());
        return message.contains("DOCTYPE")
                ? "A DOCTYPE is not allowed in a diagram; remove it"
                : "Not XML that can be read: " + message;
    }

    private static final class Tree extends DefaultHandler {
        private final Deque<Node> open = new ArrayDeque<>();
        private @Nullable Locator locator;
        private @Nullable Node root;

        int line() {
            return locator == null ? 1 : Math.max(1, locator.getLineNumber());
        }

        @Override
        public void setDocumentLocator(Locator given) {
            this.locator = given;
        }

        @Override
        public void startElement(String namespace, String name, String spelling, Attributes given) throws SAXException {
            if (open.size() >= DEEPEST) {
                throw new SAXParseException("elements lie more than " + DEEPEST + " deep in each other", locator);
            }
            List<Node.Attribute> attributes = new ArrayList<>();
            for (int i = 0; i < given.getLength(); i++) {
                attributes.add(new Node.Attribute(
                        given.getURI(i), given.getLocalName(i), given.getQName(i), given.getValue(i)));
            }
            var node = new Node(open.peek(), namespace, name, spelling, line(), attributes);
            root = root == null ? node : root;
            open.push(node);
        }

        @Override
        public void characters(char[] text, int start, int length) {
            open.element().append(text, start, length);
        }

        @Override
        public void endElement(String namespace, String name, String spelling) {
            open.pop();
        }

        @Override
        public void fatalError(SAXParseException failure) throws SAXException {
            throw failure;
        }
    }
}
