package io.idempotency.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How the first answer was given beyond its status and headers, so that a replay can give it the same way. */
public sealed interface ResponseContent {

    /** Bytes that the handler wrote, possibly none. Immutable. */
    final class Body implements ResponseContent {

        private final byte[] bytes;

        /**
         * Takes the bytes over; the caller must not change them any more.
         *
         * @param bytes the body
         */
        public Body(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * The bytes themselves, not a copy: they can be large. Must not be changed.
         *
         * @return the body
         */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Body that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Body[" + bytes.length + " bytes]";
        }
    }

    /**
     * A body that was delivered once and is too large to be kept.
     *
     * @param length its length in bytes
     */
    record NotKept(long length) implements ResponseContent {}

    /**
     * An error whose body the servlet container makes ({@code HttpServletResponse.sendError}).
     *
     * @param message what the application passed along, if anything
     */
    record ContainerError(@Nullable String message) implements ResponseContent {

        /** Hides the message, which is part of a body. */
        @Override
        public String toString() {
            return "ContainerError";
        }
    }

    /**
     * A redirect whose location the servlet container completes ({@code HttpServletResponse.sendRedirect}).
     *
     * @param location what the application passed along, absolute or relative
     */
    record ContainerRedirect(String location) implements ResponseContent {

        /** Hides the location, which is part of an answer. */
        @Override
        public String toString() {
            return "ContainerRedirect";
        }
    }
}
