package io.drover.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes back what patches have set on a VM that was not created after all. */
@Component
class PatchReversal {
    private final NicsBeforePatch before;
    private final NicRepository nics;
    private final VmAddressing addressing;
    private final Details details;

    PatchReversal(NicsBeforePatch before, NicRepository nics, VmAddressing addressing, Details details) {
        this.before = before;
        this.nics = nics;
        this.addressing = addressing;
        this.details = details;
    }

    /** @return what was given up, one line each */
    List<String> takeBack(UUID vm) {
        var own = before.ofVm(vm);
        List<String> given = new ArrayList<>(readdress(vm, own));
        before.forget(vm);
        details.of(DetailOwner.INSTANCE, vm).keySet().forEach(name -> given.add(DetailRules.pointer(name)));
        details.remove(DetailOwner.INSTANCE, vm);
        return given;
    }

    private List<String> readdress(UUID vm, Map<UUID, Nic> own) {
        if (own.isEmpty()) {
            return List.of();
        }
        var current = nics.ofVms(List.of(vm));
        var networks = current.stream().map(Nic::networkId).collect(Collectors.toSet());
        var pools = addressing.pools(networks, nic -> !own.containsKey(nic.id()), holder -> "another VM");
        List<Nic> back = new ArrayList<>();
        List<String> given = new ArrayList<>();
        for (var nic : current) {
            var wanted = own.get(nic.id());
            if (wanted != null) {
                back.add(free(wanted, Objects.requireNonNull(pools.get(nic.networkId()))));
                given.add("/nics/" + nic.deviceId());
            }
        }
        nics.readdress(back);
        return given;
    }

    private Nic free(Nic wanted, AddressPool pool) {
        var taken = nics.vmWithMac(wanted.mac()).filter(holder -> !holder.equals(wanted.vmId()));
        var mac = taken.isPresent() ? addressing.freeMac() : wanted.mac();
        var ip = wanted.ip() == null || isFree(pool.askIpv4(new Findings(), new ArrayList<>(), "", wanted.ip()))
                ? wanted.ip()
                : pool.nextIpv4().orElse(null);
        var ip6 = wanted.ip6() == null || isFree(pool.askIpv6(new Findings(), new ArrayList<>(), "", wanted.ip6()))
                ? wanted.ip6()
                : pool.nextIpv6().orElse(null);
        pool.hold(wanted.vmId(), ip, ip6);
        return new Nic(
                wanted.id(), wanted.vmId(), wanted.networkId(), wanted.deviceId(), mac, ip, ip6, wanted.defaultNic());
    }

    private static boolean isFree(@Nullable String address) {
        return address != null;
    }
}
