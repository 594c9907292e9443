package dev.rookery.ingest.files.parquet;

import java.util.List;
import java.util.SortedMap;

/** A value of Thrift's compact protocol, with its type's code where it is not told by the class. */
sealed interface ThriftValue {
    record Bool(boolean value) implements ThriftValue {}

    /** @param type of 8, 16, 32 or 64 bits */
    record Int(int type, long value) implements ThriftValue {}

    record Floating(byte[] bytes) implements ThriftValue {}

    record Binary(byte[] bytes) implements ThriftValue {}

    /** Lists and sets. */
    record Sequence(int type, int elementType, List<ThriftValue> elements) implements ThriftValue {}

    record Entries(int keyType, int valueType, List<ThriftValue> keys, List<ThriftValue> values)
            implements ThriftValue {}

    /** @param fields by id */
    record Struct(SortedMap<Integer, ThriftValue> fields) implements ThriftValue {}
}
