package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event.Committed;
import java.util.ArrayList;
import java.util.List;

/** G2: what is acknowledged has its effect, what is refused has none. */
final class TrueAnswers implements Rule {

    @Override
    public List<String> breaches(Case known) {
        List<String> breaches = new ArrayList<>();
        for (Exchange exchange : known.answered()) {
            if (!exchange.kind().namesExecution()) {
                judgeNameless(known, exchange, breaches);
            } else if (known.isOwn(exchange)) {
                judge(known, exchange, breaches);
            }
        }
        known.effects().forEach(effect -> judge(known, effect, breaches));
        return breaches;
    }

    private static void judge(Case known, Exchange exchange, List<String> breaches) {
        Said said = exchange.answer();
        if (said.kind() == Kind.DONE) {
            if (!known.hasEffect(said.execution(), exchange.generation())) {
                breaches.add("Request %d was answered %s by execution %s, which has no effect in generation %d."
                        .formatted(exchange.request(), said.label(), said.execution(), exchange.generation()));
            }
        } else if (known.hasEffect(said.execution())) {
            breaches.add("Request %d was answered %s by execution %s, which has an effect."
                    .formatted(exchange.request(), said.label(), said.execution()));
        } else if (said.kind() == Kind.DECLINED) {
            known.effects().stream()
                    .filter(effect -> effect.generation() == exchange.generation())
                    .filter(effect -> effect.body().equals(exchange.body()))
                    .map(effect -> "Request %d was answered %s, and execution %s has an effect."
                            .formatted(exchange.request(), said.label(), effect.execution()))
                    .forEach(breaches::add);
        }
    }

    /** A client believes a success, whatever it says. */
    private static void judgeNameless(Case known, Exchange exchange, List<String> breaches) {
        if (exchange.answer().isSuccess()
                && known.effects().stream().noneMatch(effect -> effect.generation() == exchange.generation())) {
            breaches.add("Request %d was answered %s, and nothing has an effect in generation %d."
                    .formatted(exchange.request(), exchange.answer().label(), exchange.generation()));
        }
    }

    private static void judge(Case known, Committed effect, List<String> breaches) {
        Exchange exchange = known.askedBy(effect.execution());
        if (exchange == null || exchange.said() == null) {
            return;
        }
        // An answer that names the execution was judged above.
        if (exchange.kind().deniesEffect() && !exchange.answer().execution().equals(effect.execution())) {
            breaches.add("Request %d was answered %s, and its execution %s has an effect."
                    .formatted(exchange.request(), exchange.answer().label(), effect.execution()));
        }
    }
}
