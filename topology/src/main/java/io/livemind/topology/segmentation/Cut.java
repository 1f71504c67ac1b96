package io.livemind.topology.segmentation;

import io.livemind.schemas.avro.ClosedBy;

/**
 * A place where the open text is cut.
 *
 * @param end UTF-16 units from the start of the open text; the segment ends before this unit
 * @param closedBy why the segment ends there
 */
public record Cut(int end, ClosedBy closedBy) {}
