package io.idempotency.campaign.proxy;

/** Threads that keep no process alive. */
final class Daemons {

    private Daemons() {}

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
