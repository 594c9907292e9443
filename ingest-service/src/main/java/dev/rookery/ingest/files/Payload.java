package dev.rookery.ingest.files;

import java.io.InputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way in.
 *
 * @param bytes as sent, compressed or not; read once
 * @param fileName as the client named it
 * @param charset of text in it (DS-23)
 * @param multipart whether it is a part of a form; otherwise it is the body
 */
record Payload(InputStream bytes, @Nullable String fileName, Charset charset, boolean multipart) {}
