package dev.rookery.catalog.organizations;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Stores the role in lower case, as the schema's check constraint wants it. */
@Converter(autoApply = true)
class OrganizationRoleConverter implements AttributeConverter<OrganizationRole, String> {
    @Override
    public String convertToDatabaseColumn(OrganizationRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public OrganizationRole convertToEntityAttribute(String column) {
        return OrganizationRole.valueOf(column.toUpperCase(Locale.ROOT));
    }
}
