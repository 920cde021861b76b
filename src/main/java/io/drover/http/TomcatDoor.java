package io.drover.http;

import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Sets Tomcat up for what {@link BodyArrival} and {@link LingeringClose} need. */
@Component
class TomcatDoor implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final BodyProperties properties;

    TomcatDoor(BodyProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addEngineValves(new LingeringClose());
        tomcat.addContextCustomizers(TomcatDoor::letFiltersSeeWholeRequests, TomcatDoor::reportProblems);
        tomcat.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setDisableUploadTimeout(false);
                http.setConnectionUploadTimeout((int) properties.timeout().toMillis());
            }
        });
    }

    /** Requests whose bodies were gathered come by an asynchronous dispatch, and no filter may be left out for that. */
    private static void letFiltersSeeWholeRequests(Context context) {
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.AFTER_START_EVENT)) {
                for (var filter : context.findFilterMaps()) {
                    if ((filter.getDispatcherMapping() & FilterMap.REQUEST) != 0) {
                        filter.setDispatcher("REQUEST");
                        filter.setDispatcher("ASYNC");
                    }
                }
            }
        });
    }

    private static void reportProblems(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemReport.class.getName());
        }
    }
}
