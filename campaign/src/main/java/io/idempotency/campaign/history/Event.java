package io.idempotency.campaign.history;

/** Something that happened to one subject. */
public sealed interface Event {

    /** When the campaign knew of it: a number that grows by one with every event of a run. */
    long at();

    /** What happened to a request, on the wire or on its node. */
    sealed interface OfRequest extends Event {

        /** Which request of the run. */
        long request();
    }

    /** What happened to an execution, or what it did. */
    sealed interface OfExecution extends Event {

        /** Its own name. */
        String execution();
    }

    /**
     * A client is about to send a request.
     *
     * @param at its place in the run
     * @param request which request of the run
     * @param node the node that is asked
     * @param body what is asked for; requests of one subject with different bodies contradict each other
     * @param generation counts the retentions of the subject that had ended before, from 1
     */
    record Sent(long at, long request, String node, String body, int generation) implements OfRequest {}

    /**
     * The answer came whole.
     *
     * @param at its place in the run
     * @param request which request of the run
     * @param answer the answer
     */
    record Answered(long at, long request, Answer answer) implements OfRequest {}

    /**
     * No answer came, or only part of one.
     *
     * @param at its place in the run
     * @param request which request of the run
     * @param why what the client saw
     */
    record Unanswered(long at, long request, String why) implements OfRequest {}

    /**
     * The node is done with a request, whether somebody still waits for its answer or not.
     *
     * @param at its place in the run
     * @param request which request of the run
     */
    record Ended(long at, long request) implements OfRequest {}

    /**
     * A handler started.
     *
     * @param at its place in the run
     * @param execution the execution's own name
     * @param node the node it runs on
     * @param request the request that it belongs to
     */
    record Entered(long at, String execution, String node, long request) implements OfExecution {}

    /**
     * A handler is over, or its process is.
     *
     * @param at its place in the run
     * @param execution the execution's own name
     */
    record Left(long at, String execution) implements OfExecution {}

    /**
     * A fault took away what kept others from executing, while the handler goes on: its transaction was ended by the database or its
     * connection, or its lease ran out.
     *
     * @param at its place in the run
     * @param execution the execution's own name
     * @param fault which fault
     */
    record Unprotected(long at, String execution, String fault) implements OfExecution {}

    /**
     * A leased handler asked another system for something, under a child key.
     *
     * @param at its place in the run
     * @param execution the execution's own name
     * @param childKey the key
     */
    record Provided(long at, String execution, String childKey) implements OfExecution {}

    /**
     * An effect that was found committed when everything was over.
     *
     * @param at its place in the run, behind all others
     * @param execution the execution that made it
     * @param body what was asked for
     * @param generation of the request that was executed
     */
    record Committed(long at, String execution, String body, int generation) implements OfExecution {}
}
