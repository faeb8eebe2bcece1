package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordKeyPropertyTest {

    @Property
    void noTwoCallersShareARecord(@ForAll("callers") Caller one, @ForAll("callers") Caller other) {
        assertThat(one.recordKey().equals(other.recordKey())).isEqualTo(one.equals(other));
    }

    @Property
    void neitherKeyNorPrincipalIsShown(@ForAll("longCallers") Caller caller) {
        String shown = caller.recordKey().toString() + caller.scope() + caller.key();

        assertThat(shown).doesNotContain(caller.key().value());
        assertThat(caller.scope().parts()).noneMatch(shown::contains);
    }

    /** Few letters, so that the parts of one caller often look like those of another that were cut elsewhere. */
    @Provide
    Arbitrary<Caller> callers() {
        Arbitrary<String> part =
                Arbitraries.strings().withChars('a', 'b', '\uD800', '\uDC00').ofMaxLength(3);
        Arbitrary<String> key =
                Arbitraries.strings().withChars('a', 'b').ofMinLength(1).ofMaxLength(3);
        return callers(part, key);
    }

    @Provide
    Arbitrary<Caller> longCallers() {
        Arbitrary<String> text =
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(20).ofMaxLength(255);
        return callers(text, text);
    }

    private static Arbitrary<Caller> callers(Arbitrary<String> part, Arbitrary<String> key) {
        return Combinators.combine(part.list().ofMaxSize(3), key)
                .as((parts, value) -> new Caller(new KeyScope(parts), new IdempotencyKey(value)));
    }

    record Caller(KeyScope scope, IdempotencyKey key) {

        RecordKey recordKey() {
            return RecordKey.of(scope, key);
        }
    }
}
