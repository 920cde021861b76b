package io.drover.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.drover.extension.Extension;
import io.drover.extension.Extensions;
import io.drover.extension.action.CustomAction;
import io.drover.extension.action.CustomActions;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.wire.Outcome.Trouble;
import io.drover.operation.OperationWorkflow.Way;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionRecoveryTests {
    private final Extensions extensions = mock();
    private final CustomActions customActions = mock();
    private final UUID extension = UUID.randomUUID();
    private final ActionRecovery recovery = new ActionRecovery(mock(), mock(), extensions, customActions);

    @BeforeEach
    void register() {
        var manifest = ExtensionManifest.bare("acme", null, "acme.sh", false);
        given(extensions.get(any(UUID.class)))
                .willReturn(new Extension(
                        extension,
                        "acme",
                        null,
                        Path.of("acme"),
                        Path.of("acme/acme.sh"),
                        true,
                        true,
                        manifest,
                        false,
                        null,
                        0,
                        OperationFixtures.NOW));
    }

    @ParameterizedTest
    @CsvSource({"stop, false, REPEAT", "Tidy, true, REPEAT", "Tidy, false, ASK"})
    void repeatsALostCustomActionOnlyIfItsDefinitionSaysSo(String verb, boolean repeatable, Way way) {
        given(customActions.find(extension, "Tidy")).willReturn(Optional.of(custom(repeatable)));
        var action = mock(Action.class);
        given(action.verb()).willReturn(verb);
        given(action.extensionId()).willReturn(extension);

        assertThat(recovery.way(action, new Trouble(Trouble.LOST, "gone"))).isEqualTo(way);
    }

    private CustomAction custom(boolean repeatable) {
        var known = ActionDefinition.undefined("Tidy");
        var definition = new ActionDefinition(
                known.name(),
                null,
                known.resourceType(),
                Set.of(),
                known.parameters(),
                null,
                null,
                60,
                repeatable,
                true,
                known.secretFields(),
                known.details());
        return new CustomAction(UUID.randomUUID(), extension, definition, false, false, OperationFixtures.NOW);
    }
}
