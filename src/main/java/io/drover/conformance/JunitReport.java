package io.drover.conformance;

import io.drover.conformance.CheckResult.Finding;
import io.drover.conformance.CheckResult.Outcome;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report as JUnit's XML. */
final class JunitReport {
    private JunitReport() {}

    static String of(Report report) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            suite(xml, report);
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text + "\n";
    }

    private static void suite(XMLStreamWriter xml, Report report) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "drover verify " + report.extension());
        xml.writeAttribute("tests", Integer.toString(report.checks().size()));
        xml.writeAttribute("failures", Long.toString(report.count(Outcome.FAILED)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(report.count(Outcome.SKIPPED)));
        xml.writeAttribute("timestamp", report.startedAt().toString());
        var millis = Duration.between(report.startedAt(), report.endedAt()).toMillis();
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", millis / 1000.0));
        if (!report.causes().isEmpty()) {
            causes(xml, report);
        }
        for (var check : report.worstFirst()) {
            test(xml, report, check);
        }
        xml.writeEndElement();
    }

    /** What is behind the failures comes first. */
    private static void causes(XMLStreamWriter xml, Report report) throws XMLStreamException {
        xml.writeStartElement("properties");
        for (var cause : report.causes()) {
            xml.writeEmptyElement("property");
            xml.writeAttribute("name", "cause");
            xml.writeAttribute("value", clean(cause.line()));
        }
        xml.writeEndElement();
    }

    private static void test(XMLStreamWriter xml, Report report, CheckResult check) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", report.extension());
        xml.writeAttribute("name", check.id() + ": " + check.title());
        var findings = check.findings().stream().map(JunitReport::told).collect(Collectors.joining("\n\n"));
        switch (check.outcome()) {
            case FAILED -> {
                var cause = report.causeOf(check);
                xml.writeStartElement("failure");
                xml.writeAttribute("type", cause == null ? check.id() : cause.check());
                xml.writeAttribute("message", clean(check.findings().get(0).message()));
                xml.writeCharacters(clean(findings));
                xml.writeEndElement();
            }
            case SKIPPED -> xml.writeEmptyElement("skipped");
            case WARNING -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(clean(findings));
                xml.writeEndElement();
            }
            case PASSED -> {}
        }
        xml.writeEndElement();
    }

    private static String told(Finding finding) {
        return finding.message() + (finding.command() == null ? "" : "\nrepeat: " + finding.command());
    }

    /** XML has no place for most control characters. */
    private static String clean(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "?");
    }
}
