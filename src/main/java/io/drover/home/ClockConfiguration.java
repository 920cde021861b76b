package io.drover.home;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    /** The only source of time in Drover; UTC. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
