package dev.weir.gateway.redis;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A connection to a Redis that is none: what a replica sends, as it sends it. */
public interface Wire {

    /** What a replica may ask of Redis. */
    enum Command {
        SYNC,
        RECORD,
        FORGET,
        HDEL
    }

    /** Takes messages of a channel. */
    interface Ear {
        void hear(String channel);
    }

    /** The connection as its client knows it: a cut is not seen from here. */
    boolean isOpen();

    /**
     * Sends a command.
     *
     * @param arguments as the script gets them in ARGV, or field names
     * @return fails when the client gives up
     */
    CompletionStage<Object> call(Command command, List<byte[]> keys, List<byte[]> arguments);

    /** Hears of messages from now on. */
    void listen(Ear ear);

    void close();
}
