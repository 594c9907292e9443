package dev.rookery.catalog.workspaces;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Stores the role in lower case, as the schema's check constraint wants it. */
@Converter(autoApply = true)
class WorkspaceRoleConverter implements AttributeConverter<WorkspaceRole, String> {
    @Override
    public String convertToDatabaseColumn(WorkspaceRole role) {
        return role.text();
    }

    @Override
    public WorkspaceRole convertToEntityAttribute(String column) {
        return WorkspaceRole.parse(column).orElseThrow();
    }
}
