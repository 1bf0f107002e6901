package dev.weir.blog.content;

/**
 * Why a file is not a post.
 *
 * @param file file name
 * @param line from 1; 1 also where the file as a whole is at fault
 * @param reason one sentence without the position
 */
public record Problem(String file, int line, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + reason;
    }
}
