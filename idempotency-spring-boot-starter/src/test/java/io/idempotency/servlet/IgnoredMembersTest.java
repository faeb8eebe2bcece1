package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredMembersTest {

    @Test
    void ignoredMemberLeavesNoTrace() {
        assertThat(digest("{'a':1,'at':5}", "/at"))
                .isEqualTo(digest("{'at':{'x':[6]},'a':1}", "/at"))
                .isEqualTo(digest("{'a':1}", "/at"))
                .isEqualTo(digest("{'a':1}"))
                .isNotEqualTo(digest("{'a':2}", "/at"));
    }

    @Test
    void memberOfTheSameNameElsewhereCounts() {
        assertThat(digest("{'o':{'at':1}}", "/at")).isNotEqualTo(digest("{'o':{'at':2}}", "/at"));
        assertThat(digest("{'at':1}", "/o/at")).isNotEqualTo(digest("{'at':2}", "/o/at"));
        assertThat(digest("[{'at':1}]", "/at")).isNotEqualTo(digest("[{'at':2}]", "/at"));
    }

    @Test
    void siblingsAfterAnIgnoredMemberAreFoundInTheirPlace() {
        assertThat(digest("{'o':{'at':1,'x':1},'p':{'at':1}}", "/o/at"))
                .isEqualTo(digest("{'o':{'at':{'at':2},'x':1},'p':{'at':1}}", "/o/at"))
                .isNotEqualTo(digest("{'o':{'at':1,'x':1},'p':{'at':2}}", "/o/at"));
    }

    @Test
    void elementsAreNamedByPosition() {
        String note = "/order/items/0/note";
        assertThat(digest("{'order':{'items':[{'n':1,'note':'a'},{'note':'b'}]}}", note))
                .isEqualTo(digest("{'order':{'items':[{'n':1,'note':'x'},{'note':'b'}]}}", note))
                .isEqualTo(digest("{'order':{'items':[{'n':1},{'note':'b'}]}}", note))
                .isNotEqualTo(digest("{'order':{'items':[{'n':1,'note':'a'},{'note':'x'}]}}", note));
    }

    @Test
    void containersCountAsElements() {
        assertThat(digest("[[0],{'a':0},7,1]", "/2"))
                .isEqualTo(digest("[[0],{'a':0},[8],1]", "/2"))
                .isNotEqualTo(digest("[[0],{'a':0},7,2]", "/2"))
                .isNotEqualTo(digest("[[0],{'a':1},7,1]", "/2"));
    }

    @Test
    void otherElementsKeepTheirPositions() {
        assertThat(digest("[1,2,3]", "/0", "/2"))
                .isEqualTo(digest("[9,2,8]", "/0", "/2"))
                .isNotEqualTo(digest("[9,3,8]", "/0", "/2"));
        assertThat(digest("[1,2,3]", "/0")).isNotEqualTo(digest("[1,3,2]", "/0"));
        assertThat(digest("[1]", "/0")).isEqualTo(digest("[]", "/0"));
    }

    @Test
    void numeralNamesAnObjectsMemberToo() {
        assertThat(digest("{'0':1}", "/0")).isEqualTo(digest("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/00", "/-", "/+0", "/0 ", "/ 0"})
    void otherSpellingsOfAPositionNameNoElement(String pointer) {
        assertThat(digest("[1]", pointer)).isNotEqualTo(digest("[2]", pointer));
    }

    @Test
    void escapesOfThePointerAreUndone() {
        assertThat(digest("{'a/b':1,'m~n':2,'~1':3}", "/a~1b", "/m~0n", "/~01")).isEqualTo(digest("{}"));
        assertThat(digest("{'/':3}", "/~01")).isNotEqualTo(digest("{}"));
    }

    @Test
    void emptyNamesCanBeIgnored() {
        assertThat(digest("{'':1}", "/")).isEqualTo(digest("{}"));
        assertThat(digest("{'a':{'':1}}", "/a/")).isEqualTo(digest("{'a':{}}"));
    }

    @Test
    void escapedNameInTheDocumentIsTheSameName() {
        assertThat(digest("{'\\u0061t':1}", "/at")).isEqualTo(digest("{}"));
    }

    @Test
    void widerPointerWins() {
        assertThat(digest("{'a':{'b':1,'c':2}}", "/a/b", "/a")).isEqualTo(digest("{}"));
        assertThat(digest("{'a':{'b':1,'c':2}}", "/a", "/a/b")).isEqualTo(digest("{}"));
    }

    @Test
    void holderOfAnIgnoredMemberCounts() {
        assertThat(digest("{'a':{'b':1}}", "/a/b"))
                .isEqualTo(digest("{'a':{}}", "/a/b"))
                .isNotEqualTo(digest("{}", "/a/b"))
                .isNotEqualTo(digest("{'a':[]}", "/a/b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'at':}", "{'at':[1}", "{'at':{'a'}}", "{'at':tru}", "{'at':'\n'}", "{'at':'\\x'}", "{'at':["})
    void ignoredValueMustBeValidJson(String body) {
        assertThat(digest(body, "/at")).isEmpty();
    }

    @Test
    void whatAnIgnoredValueHoldsIsNotLookedInto() {
        assertThat(digest("{'at':{'x':1,'x':2}}", "/at")).isEqualTo(digest("{}"));
        assertThat(digest("{'at':'\\ud800'}", "/at")).isEqualTo(digest("{}"));
        assertThat(digest("{'at':1,'at':2}", "/at")).isEqualTo(digest("{}"));
    }

    @Test
    void duplicateHolderOfAnIgnoredMemberIsStillADuplicate() {
        assertThat(digest("{'a':{'b':1},'a':{'b':1}}", "/a/b")).isEmpty();
    }

    @Test
    void emptyPointerIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgnoredMembers.of(""))
                .withMessageContaining("slash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "#/a", " /a", "/a~", "/~2", "/~/a", "/a/~~0"})
    void malformedPointerIsRefusedByName(String pointer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgnoredMembers.of("/fine", pointer))
                .withMessageContaining('"' + pointer + '"')
                .withMessageEndingWith(".");
    }

    private static Optional<String> digest(String body, String... pointers) {
        byte[] json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return JsonCanonicalizer.digest(json, IgnoredMembers.of(pointers)).map(HexFormat.of()::formatHex);
    }
}
