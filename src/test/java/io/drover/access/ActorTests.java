package io.drover.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActorTests {
    private static final UUID SELF = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "ADMIN, /, false, /sales, true",
        "RESOURCE_ADMIN, /hr, false, /sales, true",
        "DOMAIN_ADMIN, /, false, /sales, true",
        "DOMAIN_ADMIN, /sales, false, /sales, true",
        "DOMAIN_ADMIN, /sales, false, /sales/emea, true",
        "DOMAIN_ADMIN, /sales, false, /sales-old, false",
        "DOMAIN_ADMIN, /sales/emea, false, /sales, false",
        "DOMAIN_ADMIN, /sales, false, /, false",
        "USER, /sales, true, /sales, true",
        "USER, /sales, true, /elsewhere, true",
        "USER, /sales, false, /sales, false",
        "USER, /, false, /, false"
    })
    void reachesWhatItsRoleAndDomainSay(
            RoleType role, String domain, boolean own, String ownerDomain, boolean reaches) {
        var actor = new Actor(SELF, "ann", role, domain);
        assertThat(actor.reaches(own ? SELF : OTHER, ownerDomain)).isEqualTo(reaches);
    }
}
