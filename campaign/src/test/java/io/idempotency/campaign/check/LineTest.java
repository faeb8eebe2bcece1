package io.idempotency.campaign.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {

    @Test
    void everythingThatHappensIsALine() {
        Story story =
                Story.ofAlice().sent(1).entered("e1", 1).provided("e1", "c1").unprotected("e1");
        story.left("e1")
                .answered(1, Reply.withBody(Reply.inProgress(), ""))
                .sent(2)
                .unanswered(2)
                .effect("e1");

        assertThat(story.events())
                .extracting(Line::of)
                .containsExactly(
                        "       1  request 1 to node-1 asks for {\"amount\":\"1\\\"0\"} (generation 1)",
                        "       2  execution e1 starts on node-1 for request 1",
                        "       3  execution e1 asks another system under c1",
                        "       4  execution e1 loses its protection: lease over",
                        "       5  execution e1 is over",
                        "       6  request 1 is answered 409 {cache-control=[no-store], content-type=[application/problem+json],"
                                + " retry-after=[1]} ",
                        "       7  request 2 to node-1 asks for {\"amount\":\"1\\\"0\"} (generation 1)",
                        "       8  request 2 gets no answer: connection reset",
                        " 1000009  execution e1 has an effect for {\"amount\":\"1\\\"0\"} (generation 1)");
    }

    @Test
    void longTextsAreCutShort() {
        assertThat(Line.shortened("x".repeat(300))).isEqualTo("x".repeat(300));
        assertThat(Line.shortened("x".repeat(301))).isEqualTo("x".repeat(300) + "…");
    }
}
