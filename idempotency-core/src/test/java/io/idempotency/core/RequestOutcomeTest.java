package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class RequestOutcomeTest {

    @Test
    void tagValuesAreLowerCaseWithUnderscores() {
        assertThat(RequestOutcome.values())
                .extracting(RequestOutcome::tagValue)
                .contains("executed", "in_progress", "key_reused", "store_unavailable")
                .allMatch(value -> value.matches("[a-z]+(_[a-z]+)*"))
                .doesNotHaveDuplicates();
    }

    @Test
    void tagValuesAreTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(RequestOutcome.INVALID_KEY.tagValue()).isEqualTo("invalid_key");
        } finally {
            Locale.setDefault(before);
        }
    }
}
