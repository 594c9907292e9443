package dev.rookery.ingest.encoding;

import java.util.Arrays;
import tools.jackson.core.JsonToken;

/** IPv6 texts, with {@code ::} and an IPv4 tail; an IPv4 text becomes {@code ::ffff:a.b.c.d}. No zones. */
final class Ipv6Encoder implements ValueEncoder {

    private static final int GROUPS = 8;

    private final int[] groups = new int[GROUPS];

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.VALUE_STRING) {
            return false;
        }
        int from = in.offset();
        int end = from + in.length();
        Arrays.fill(groups, 0);
        boolean leadingZero = in.length() > 1 && in.chars()[from] == '0' && in.chars()[from + 1] != '.';
        long mapped = leadingZero ? -1 : Ipv4Encoder.parse(in.chars(), from, end);
        if (mapped >= 0) {
            groups[5] = 0xFFFF;
            tail(6, mapped);
        } else if (!parse(in.chars(), from, end)) {
            return false;
        }
        for (int group : groups) {
            out.int8(group >> 8);
            out.int8(group);
        }
        return true;
    }

    private boolean parse(char[] chars, int from, int end) {
        int at = from;
        int count = 0;
        int gap = -1;
        if (end - at >= 2 && chars[at] == ':' && chars[at + 1] == ':') {
            gap = 0;
            at += 2;
        }
        while (at < end) {
            if (count == GROUPS) {
                return false;
            }
            int next = afterGroup(chars, at, end);
            if (next < end && chars[next] == '.') {
                long address = count <= GROUPS - 2 ? Ipv4Encoder.parse(chars, at, end) : -1;
                if (address < 0) {
                    return false;
                }
                tail(count, address);
                count += 2;
                break;
            }
            if (next == at) {
                return false;
            }
            groups[count++] = Integer.parseInt(new String(chars, at, next - at), 16);
            if (next == end) {
                break;
            }
            if (chars[next] != ':') {
                return false;
            }
            at = next + 1;
            if (at < end && chars[at] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                at++;
            } else if (at == end) {
                return false;
            }
        }
        return gap < 0 ? count == GROUPS : spread(gap, count);
    }

    /** Moves the groups after {@code ::} to the end. */
    private boolean spread(int gap, int count) {
        int moved = count - gap;
        System.arraycopy(groups.clone(), gap, groups, GROUPS - moved, moved);
        Arrays.fill(groups, gap, GROUPS - moved, 0);
        return true;
    }

    private void tail(int group, long address) {
        groups[group] = (int) (address >> 16);
        groups[group + 1] = (int) (address & 0xFFFF);
    }

    private static int afterGroup(char[] chars, int from, int end) {
        int at = from;
        while (at < end && at - from < 4 && UuidEncoder.hex(chars[at]) >= 0) {
            at++;
        }
        return at;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.zeros(16);
        return true;
    }
}
