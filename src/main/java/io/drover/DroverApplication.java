package io.drover;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The Drover server. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DroverApplication {

    public static void main(String[] args) {
        SpringApplication.run(DroverApplication.class, args);
    }
}
