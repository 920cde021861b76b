package io.drover.emulator.hyperv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** A request to WinRM: its headers, checked as DSP0226 and MS-WSMV want them, and its body. */
record Soap(String action, String shellId, Map<String, String> options, Element body) {

    static final String S = "http://www.w3.org/2003/05/soap-envelope";
    static final String A = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    static final String W = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
    static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";

    static Soap of(byte[] message) throws SoapFault {
        var root = parsed(message);
        if (!root.getNamespaceURI().equals(S) || !root.getLocalName().equals("Envelope")) {
            throw SoapFault.invalid("no SOAP 1.2 envelope");
        }
        required(root, A, "To");
        required(root, A, "Address");
        if (!required(root, A, "MessageID").matches("uuid:[0-9A-F-]{36}")) {
            throw SoapFault.invalid("MessageID");
        }
        if (!required(root, W, "ResourceURI").equals(SHELL + "/cmd")) {
            throw SoapFault.invalid("ResourceURI");
        }
        required(root, W, "MaxEnvelopeSize");
        if (!required(root, W, "OperationTimeout").matches("PT[0-9.]+S")) {
            throw SoapFault.invalid("OperationTimeout");
        }
        var options = new HashMap<String, String>();
        var given = root.getElementsByTagNameNS(W, "Option");
        for (int i = 0; i < given.getLength(); i++) {
            var option = (Element) given.item(i);
            options.put(option.getAttribute("Name"), option.getTextContent());
        }
        return new Soap(required(root, A, "Action"), selector(root), options, element(root, S, "Body"));
    }

    /** The text of an element of the body. */
    String text(String name) throws SoapFault {
        return element(body, SHELL, name).getTextContent();
    }

    /** An attribute of an element of the body. */
    String attribute(String name, String attribute) throws SoapFault {
        return element(body, SHELL, name).getAttribute(attribute);
    }

    static String envelope(String action, String body) {
        return "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"" + S + "\" xmlns:a=\"" + A + "\" xmlns:w=\"" + W
                + "\" xmlns:rsp=\""
                + SHELL + "\"><s:Header><a:Action>" + action + "</a:Action></s:Header><s:Body>" + body
                + "</s:Body></s:Envelope>";
    }

    private static Element parsed(byte[] message) throws SoapFault {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(message))
                    .getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException malformed) {
            throw SoapFault.invalid("no XML");
        }
    }

    private static String selector(Element root) {
        var found = root.getElementsByTagNameNS(W, "Selector");
        return found.getLength() == 1
                        && ((Element) found.item(0)).getAttribute("Name").equals("ShellId")
                ? found.item(0).getTextContent()
                : "";
    }

    private static String required(Element root, String namespace, String name) throws SoapFault {
        return element(root, namespace, name).getTextContent();
    }

    private static Element element(Element root, String namespace, String name) throws SoapFault {
        var found = root.getElementsByTagNameNS(namespace, name);
        if (found.getLength() != 1) {
            throw SoapFault.invalid(found.getLength() + " elements " + name);
        }
        return (Element) found.item(0);
    }
}
