package dev.rookery.catalog.organizations;

/** What a member of an organization may do. */
public enum OrganizationRole {
    /** Sees usage and cost, and manages every workspace's members (ORG-10, ORG-11). */
    ADMIN,
    MEMBER
}
