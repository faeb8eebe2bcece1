package io.idempotency.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonEquivalencePropertyTest {

    @Property
    void twoSpellingsOfOneValueAreEqual(@ForAll("values") Json value, @ForAll long one, @ForAll long other) {
        assertThat(digest(JsonSpelling.of(value, one))).isPresent().isEqualTo(digest(JsonSpelling.of(value, other)));
    }

    @Property
    void oneChangeAnywhereIsSeen(@ForAll("values") Json value, @ForAll long change, @ForAll long spelling) {
        Json changed = JsonChange.of(value, change);
        Assume.that(!changed.equals(value)); // the elements that changed places may have been equal
        assertThat(digest(JsonSpelling.of(changed, spelling)))
                .isPresent()
                .isNotEqualTo(digest(JsonSpelling.of(value, spelling)));
    }

    @Property
    void twoValuesAreEqualExactlyIfTheirDigestsAre(@ForAll("values") Json one, @ForAll("values") Json other) {
        assertThat(digest(JsonSpelling.of(one, 1)).equals(digest(JsonSpelling.of(other, 2))))
                .isEqualTo(one.equals(other));
    }

    @Property
    void documentThatIsCutOffHasNoMeaning(@ForAll("values") Json value, @ForAll long spelling, @ForAll int cut) {
        Json container = new Json.Elements(List.of(value));
        byte[] whole = JsonSpelling.of(container, spelling).strip().getBytes(UTF_8);
        byte[] part = Arrays.copyOf(whole, Math.floorMod(cut, whole.length));
        assertThat(JsonCanonicalizer.digest(part, IgnoredMembers.NONE)).isEmpty();
    }

    @Provide
    Arbitrary<Json> values() {
        return JsonArbitraries.values();
    }

    private static Optional<String> digest(String body) {
        return JsonCanonicalizer.digest(body.getBytes(UTF_8), IgnoredMembers.NONE)
                .map(HexFormat.of()::formatHex);
    }
}
