-- The platform's own tables; tenants' data lives in a database per workspace.
CREATE DATABASE IF NOT EXISTS rookery
