package io.idempotency.campaign.storm;

import io.idempotency.campaign.storm.Gust.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What will happen to nodes, to the database and to connections, in which order: all of it follows from the seed. */
record Forecast(List<List<Gust>> fronts) {

    private static final int CALM_MILLIS = 1500;

    /** One of four faults of the database is the end of the whole server. */
    private static final int CRASH_OF = 4;

    private static final List<Kind> CUTS =
            List.of(Kind.CONNECTION_CUT, Kind.CONNECTION_SILENT, Kind.ALL_CONNECTIONS_CUT, Kind.ALL_CONNECTIONS_SILENT);
    private static final List<Kind> CUTS_AT_COMMIT = List.of(
            Kind.COMMIT_CUT_BEFORE, Kind.COMMIT_ANSWER_LOST, Kind.COMMIT_SILENT_BEFORE, Kind.COMMIT_SILENT_AFTER);

    static Forecast of(StormPlan plan) {
        Random random = new Random(plan.seed());
        List<List<Gust>> fronts = new ArrayList<>();
        int groups = Math.max(1, plan.nodes() / 2);
        for (int group = 0; group < groups; group++) {
            fronts.add(nodes(plan, random, group, groups));
        }
        fronts.add(database(plan, random));
        fronts.add(connections(plan, random));
        return new Forecast(fronts);
    }

    /** Each group of nodes has a front of its own, so that two can start at a time and some always serve. */
    private static List<Gust> nodes(StormPlan plan, Random random, int group, int groups) {
        List<Kind> kinds = new ArrayList<>();
        kinds.addAll(Collections.nCopies(share(plan.kills(), group, groups), Kind.NODE_KILLED));
        kinds.addAll(Collections.nCopies(share(plan.stops(), group, groups), Kind.NODE_STOPPED));
        Collections.shuffle(kinds, random);
        int seats = plan.nodes() / groups;
        List<Gust> gusts = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            if (plan.upgrade() && i == kinds.size() / 2) {
                for (int seat = 0; seat < seats; seat++) {
                    gusts.add(new Gust(Kind.NODE_UPGRADED, group * seats + seat, calm(random)));
                }
            }
            gusts.add(new Gust(kinds.get(i), group * seats + random.nextInt(seats), calm(random)));
        }
        return gusts;
    }

    private static int share(int all, int group, int groups) {
        return all / groups + (group < all % groups ? 1 : 0);
    }

    private static List<Gust> database(StormPlan plan, Random random) {
        List<Gust> gusts = new ArrayList<>();
        for (int i = 0; i < plan.databaseFaults(); i++) {
            Kind kind = i % CRASH_OF == 0 ? Kind.DATABASE_CRASHED : Kind.BACKEND_TERMINATED;
            gusts.add(new Gust(kind, random.nextInt(plan.nodes()), calm(random).multipliedBy(3)));
        }
        Collections.shuffle(gusts, random);
        return gusts;
    }

    private static List<Gust> connections(StormPlan plan, Random random) {
        List<Gust> gusts = new ArrayList<>();
        for (int i = 0; i < plan.cuts(); i++) {
            List<Kind> kinds = i % 2 == 0 ? CUTS_AT_COMMIT : CUTS;
            Kind kind = kinds.get(random.nextInt(kinds.size()));
            gusts.add(new Gust(kind, random.nextInt(plan.nodes()), calm(random).multipliedBy(3)));
        }
        return gusts;
    }

    private static Duration calm(Random random) {
        return Duration.ofMillis(random.nextInt(CALM_MILLIS));
    }
}
