package dev.rookery.gateway.web;

import dev.rookery.gateway.query.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams an answer to the client with its bytes unchanged. */
public final class AnswerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);

    private AnswerWriter() {}

    /** Writes status, encoding and body, and closes the answer. When either side breaks, the connection is cut. */
    public static void write(
            Answer answer, String contentType, HttpServletRequest request, HttpServletResponse response) {
        try (answer) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(contentType);
            answer.header("Content-Encoding").ifPresent(encoding -> {
                response.setHeader("Content-Encoding", encoding);
                response.addHeader("Vary", "Accept-Encoding");
            });
            answer.writeTo(response.getOutputStream());
        } catch (IOException e) {
            LOG.debug("An answer was broken off: {}", e.toString());
            ClientWatch.cut(request, e);
        }
    }
}
