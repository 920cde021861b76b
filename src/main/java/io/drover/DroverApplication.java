package io.drover;

import io.drover.cli.CommandLines;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The Drover server, or one of the jar's other commands. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DroverApplication {

    public static void main(String[] args) {
        if (CommandLines.isCommand(args)) {
            System.exit(CommandLines.run(args));
        }
        SpringApplication.run(DroverApplication.class, args);
    }
}
