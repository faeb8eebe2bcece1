package io.idempotency.campaign.fuzz;

import java.util.List;

/** Something that is given inputs, and what must hold whatever they are. Inputs are bytes, a character each. */
interface Target {

    /** Its name, which is that of its corpus too. */
    String name();

    /** Inputs to start from: of every kind, and some that are too long to be changed. */
    List<String> seeds();

    /** What means something in the grammar of the inputs. */
    List<String> tokens();

    /** The most bytes of an input that is made from another one. */
    int maxLength();

    /**
     * Gives it one input; the same input has the same outcome.
     *
     * @throws ViolationException if something does not hold that must
     */
    Outcome run(String input) throws Exception;
}
