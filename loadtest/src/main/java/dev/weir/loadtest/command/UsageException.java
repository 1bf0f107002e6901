package dev.weir.loadtest.command;

/** The command line cannot be obeyed; the message is for the user, in one line. */
public final class UsageException extends Exception {
    UsageException(String message) {
        super(message, null, false, false);
    }
}
