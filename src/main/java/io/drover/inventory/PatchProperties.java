package io.drover.inventory;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What prepare may answer.
 *
 * @param addresses whether a NIC may get an address outside its network's ranges
 */
@ConfigurationProperties("drover.prepare")
record PatchProperties(@DefaultValue("any") Addresses addresses) {

    /** Where addresses that prepare answers may lie. */
    enum Addresses {
        /** Anywhere; one outside the network's range is noted. */
        ANY,
        /** In the network's range; another refuses the patch. */
        IN_RANGE
    }
}
