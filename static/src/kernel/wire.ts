/** Made by scripts/types.js from the server's description of its API. */
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457. */
        Problem: {
            title: string;
            status: number;
            /** @description A stable word for programs. */
            code: string;
            /** @description What happened and what to do, for people. */
            detail: string;
            request_id: string;
            errors?: components["schemas"]["FieldError"][];
            /** @description With 412: the record as it stands. */
            current?: Record<string, never>;
            /** @description With 429: the seconds to wait. */
            retry_after?: number;
            /** @description With 429: the wait in words. */
            wait?: string;
            /** @description With 429: how often a budget was exhausted lately; the next block grows with it. */
            penalty_level?: number;
        };
        FieldError: {
            /** @description RFC 6901 into the body, or `?name` for a parameter. */
            pointer: string;
            code: string;
            message: string;
        };
        Page: {
            next_cursor: string | null;
            prev_cursor: string | null;
            has_more: boolean;
            total?: number;
        };
        History: {
            data: {
                /** Format: date-time */
                at?: string;
                /** Format: uuid */
                user_id?: string | null;
                user_name?: string | null;
                /** @enum {string} */
                kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
                /** Format: uuid */
                record_id?: string;
                /** @description What the record is called today; in the activity of all records alone. */
                title?: string | null;
                action?: string;
                version?: number | null;
                /** Format: uuid */
                import_id?: string | null;
                /** @description Field by field: from what, to what. */
                changes?: {
                    [key: string]: unknown[];
                } | null;
            }[];
            page: components["schemas"]["Page"];
        };
        BulkRequest: {
            /** @enum {string} */
            action: "create" | "update" | "delete" | "restore";
            ids?: string[];
            /** @description What changes in all records of `ids`. */
            changes?: Record<string, never>;
            /** @description To create: the records. Else `{id, version, changes}` for each. */
            records?: Record<string, never>[];
        };
        BulkResult: {
            results: {
                /** Format: uuid */
                id: string;
                status: number;
                version?: number;
                problem?: components["schemas"]["Problem"];
            }[];
        };
        MergeRequest: {
            from: string[];
            /** @description What the record that stays takes over. */
            changes?: Record<string, never>;
        };
        BatchRequest: {
            requests: {
                /** @enum {string} */
                method: "GET" | "POST" | "PATCH" | "DELETE";
                /** @description Relative to `/api/v1`, or absolute. */
                path: string;
                body?: Record<string, never> | null;
                headers?: {
                    "if-match"?: string;
                    "if-none-match"?: string;
                    "idempotency-key"?: string;
                } | null;
            }[];
        };
        BatchResult: {
            responses: {
                status: number;
                headers: Record<string, never>;
                body: unknown;
            }[];
        };
        /** @description Everybody who works here, and the clients and contractors who may sign in. A person needs no login to own a deal. */
        User: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Role */
            role?: string | null;
            /** Manager */
            manager?: string | null;
            /** Region */
            region?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /** @description Shown on request: the company that `company_id` names. */
            company?: Record<string, never> | null;
            /**
             * Contractor
             * Format: uuid
             * @description The id of one of the contractors.
             */
            contractor_id?: string | null;
            /** @description Shown on request: the contractor that `contractor_id` names. */
            contractor?: Record<string, never> | null;
            /**
             * Limits
             * @enum {string|null}
             */
            tier?: "basic" | "premium" | "admin" | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        Tenant: {
            /** Format: uuid */
            id: string;
            version: number;
            slug: string;
            name: string;
            /** @description An IANA time zone. */
            zone: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description So many days before an inspection or calibration is due its work order is made; null makes none. */
            due_ahead_days: number | null;
            /** @description Another text for another logo, null for none. */
            logo?: string | null;
        };
        Import: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            file_name?: string;
            /** @enum {string} */
            format?: "csv" | "xlsx";
            state: string;
            mapping?: {
                [key: string]: string | null;
            };
            columns?: Record<string, never>[];
            settings?: Record<string, never>;
            /** @description Rows in the file. */
            total: number;
            /** @description Rows worked off: the next four together. */
            done: number;
            created?: number;
            updated?: number;
            unchanged?: number;
            rejected?: number;
            warnings?: number;
            report?: Record<string, never>;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            error?: string | null;
        };
        ImportList: {
            data: components["schemas"]["Import"][];
        };
        ImportSettings: {
            /** @description For each column the field that it is, or null to leave it out. */
            mapping?: {
                [key: string]: string | null;
            };
            /** @description `field:from=to`, or an object of these three. */
            aliases?: unknown[];
            /** @enum {string} */
            on_duplicate?: "skip" | "update" | "create";
            /** @description Keep other columns as fields of your own. */
            keep_unmapped?: boolean;
            /** @description Make reference data that is not there yet. */
            create_missing?: boolean;
            dates?: {
                [key: string]: "M/D/YYYY" | "D/M/YYYY";
            };
        };
        Tenants: {
            data: {
                /** Format: uuid */
                id: string;
                slug: string;
                name: string;
                logins: number;
                /** Format: date-time */
                created_at: string;
            }[];
        };
        Dropped: {
            /** @description What is read anew. */
            tables: string[];
        };
        Compared: {
            same: number;
            different: number;
            /** @description Changed meanwhile, or about the clock. */
            passed_over: number;
        };
        Backup: {
            path: string;
            bytes: number;
            /** @description How long it took. */
            ms: number;
        };
        SignedIn: {
            access_token: string;
            /** @constant */
            token_type: "Bearer";
            /** Format: date-time */
            expires_at: string;
            user: components["schemas"]["User"];
            tenant: components["schemas"]["Tenant"];
        };
        Me: {
            user: components["schemas"]["User"];
            tenant: components["schemas"]["Tenant"];
            /** Format: date-time */
            expires_at: string;
        };
        Sessions: {
            data: {
                /** Format: uuid */
                id?: string;
                /** Format: date-time */
                created_at?: string;
                /** Format: date-time */
                last_used_at?: string;
                /** Format: date-time */
                expires_at?: string;
                address?: string;
                agent?: string;
                current?: boolean;
            }[];
        };
        Link: {
            /** @enum {string} */
            purpose: "setup" | "invite" | "reset";
            /** @description To be copied and handed over. */
            url: string;
            token: string;
            /** Format: date-time */
            expires_at: string;
        };
        SetupState: {
            set_up: boolean;
        };
        Health: {
            /** @enum {string} */
            status: "pass" | "warn" | "fail";
            version?: string;
            checks: {
                [key: string]: Record<string, never>;
            };
        };
        Schema: {
            kinds: Record<string, never>[];
        };
        ReferenceData: {
            [key: string]: Record<string, never>;
        };
        /** @description This document. */
        Description: Record<string, never>;
        Summary: {
            count: number;
            sum?: number | {
                [key: string]: number;
            } | null;
            groups?: {
                /** @description The field's value; a period by its day, `2026-11`, `2026-Q4` or `2026`. */
                value: unknown;
                /** @description What people call it. */
                label: string | null;
                count: number;
                sum?: number | {
                    [key: string]: number;
                } | null;
            }[];
            /** @description There are more groups. */
            more?: boolean;
        };
        PageLoad: {
            page: string;
            parts: {
                [key: string]: {
                    etag?: string;
                    /** @description What the part's own route answers. */
                    data?: Record<string, never>;
                    /** @description It is as you have it. */
                    same?: boolean;
                    /** @description Why it is not there. */
                    status?: number;
                    problem?: components["schemas"]["Problem"];
                };
            };
        };
        Dashboard: {
            /** @enum {string} */
            layout: "office" | "field" | "client";
            tiles: {
                [key: string]: {
                    kind?: string;
                    /** @description The list with these rows. */
                    query?: string;
                    summary?: components["schemas"]["Summary"];
                    list?: Record<string, never>;
                    activity?: components["schemas"]["History"];
                };
            };
        };
        ReportList: {
            data: {
                name: string;
                title: string;
                /** @description What it answers. */
                about: string;
                /** @enum {string} */
                chart: "bars" | "columns";
                /** @description May it be saved as a file? */
                export: boolean;
                parameters: {
                    name: string;
                    title: string;
                    /** @enum {string} */
                    type: "day" | "choice" | "text" | "record";
                    choices?: {
                        name: string;
                        title: string;
                    }[];
                    /** @description Of a record. */
                    kind?: string;
                    default?: string;
                }[];
                columns: {
                    name: string;
                    title: string;
                    /** @enum {string} */
                    type: "text" | "count" | "money" | "percent" | "hours" | "days" | "date" | "score" | "record";
                    /** @description Of the records that its cells lead to. */
                    kind?: string;
                }[];
                stages: string[];
            }[];
        };
        ReportRun: {
            /** Format: uuid */
            id: string;
            report: string;
            /** @description As they were understood. */
            parameters: {
                [key: string]: string;
            };
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled" | "dead";
            /** @description Why it ended without a document, or is tried again. */
            error: string | null;
            /**
             * Format: uuid
             * @description Where it tells how far it is.
             */
            stream_id: string;
            document: components["schemas"]["Report"] | null;
        };
        ExportRun: {
            /** Format: uuid */
            id: string;
            kind: string;
            /** @enum {string} */
            format: "csv" | "xlsx" | "jsonl";
            file_name: string;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled" | "dead";
            /** @description Why it ended without a file, or is tried again. */
            error: string | null;
            /**
             * Format: uuid
             * @description Where it tells how far it is.
             */
            stream_id: string;
            /** @description Of the file, once it is made. */
            rows: number | null;
            bytes: number | null;
        };
        Report: {
            report: string;
            title: string;
            about: string;
            parameters: {
                name: string;
                title: string;
                value: string;
                /** @description What people read. */
                text: string;
            }[];
            /** Format: date-time */
            made_at: string;
            /**
             * Format: date
             * @description The day that all is relative to.
             */
            as_of: string;
            summary: {
                label: string;
                /** @description Money in minor units. */
                value: number | null;
                /** @description `count`, `percent`, `hours`, `days`, `score`, or a currency. */
                unit: string;
            }[];
            chart?: {
                /** @enum {string} */
                kind: "bars" | "columns";
                title: string;
                /** @description `count`, `percent`, `hours`, `days`, `score`, or a currency. */
                unit: string;
                points: {
                    label: string;
                    value: number;
                }[];
            } | null;
            table: {
                columns: {
                    name: string;
                    title: string;
                    /** @enum {string} */
                    type: "text" | "count" | "money" | "percent" | "hours" | "days" | "date" | "score" | "record";
                    /** @description Of the records that its cells lead to. */
                    kind?: string;
                }[];
                rows: unknown[][];
            };
            notes: string[];
        };
        /** @description What you may not see is left out. */
        CompanyStatistics: {
            sites?: components["schemas"]["Summary"];
            equipment?: components["schemas"]["Summary"];
            open_work_orders?: components["schemas"]["Summary"];
            open_deals?: components["schemas"]["Summary"];
        };
        StaffStatistics: {
            people: {
                /** Format: uuid */
                id: string;
                name: string | null;
                open_work_orders?: number;
                pending_tasks?: number;
            }[];
            /** @description There are more people. */
            more: boolean;
        };
        SystemStatistics: {
            /** @description By kind. */
            records: {
                [key: string]: components["schemas"]["Summary"];
            };
            work_orders_by_status?: components["schemas"]["Summary"];
            open_work_orders_by_priority?: components["schemas"]["Summary"];
            deals_by_stage?: components["schemas"]["Summary"];
            equipment_by_status?: components["schemas"]["Summary"];
        };
        RefreshedStatistics: {
            /** @description Parts that were counted. */
            slices: number;
            /** @description Figures that were wrong and were put right. */
            repaired: number;
        };
        Notifications: {
            unread: number;
            data: components["schemas"]["Notification"][];
        };
        Notification: {
            id: number;
            /** @enum {string} */
            sort: "assigned" | "mentioned" | "lock_taken" | "import_finished" | "report_finished" | "export_finished" | "gave_up" | "webhook_off";
            /** Format: date-time */
            at: string;
            read: boolean;
            /** @description Who caused it, where you may see that. */
            by: string | null;
            /** @description What it is about, where you may see it. */
            record: {
                kind: string;
                /** Format: uuid */
                id: string;
                title: string | null;
            } | null;
            /** @description How it went: `done`, `failed`, `cancelled` or `reverted` of an import. */
            told: string | null;
        };
        ReadNotifications: {
            ids?: number[];
            all?: boolean;
        };
        NotificationChoice: {
            /** @enum {string} */
            assigned?: "app" | "mail" | "none";
            /** @enum {string} */
            mentioned?: "app" | "mail" | "none";
            /** @enum {string} */
            lock_taken?: "app" | "mail" | "none";
            /** @enum {string} */
            import_finished?: "app" | "mail" | "none";
            /** @enum {string} */
            report_finished?: "app" | "mail" | "none";
            /** @enum {string} */
            export_finished?: "app" | "mail" | "none";
            /** @enum {string} */
            gave_up?: "app" | "mail" | "none";
            /** @enum {string} */
            webhook_off?: "app" | "mail" | "none";
        };
        NotificationSettings: {
            /** @enum {string} */
            assigned: "app" | "mail" | "none";
            /** @enum {string} */
            mentioned: "app" | "mail" | "none";
            /** @enum {string} */
            lock_taken: "app" | "mail" | "none";
            /** @enum {string} */
            import_finished: "app" | "mail" | "none";
            /** @enum {string} */
            report_finished: "app" | "mail" | "none";
            /** @enum {string} */
            export_finished: "app" | "mail" | "none";
            /** @enum {string} */
            gave_up: "app" | "mail" | "none";
            /** @enum {string} */
            webhook_off: "app" | "mail" | "none";
            /** @description The server can send e-mail. */
            mail: boolean;
        };
        Recents: {
            data: {
                kind: string;
                /** Format: uuid */
                id: string;
                title: string | null;
                /** Format: date-time */
                opened_at: string;
            }[];
        };
        Timing: {
            count: number;
            failed: number;
            failed_percent: number | null;
            mean_ms: number | null;
            p50_ms: number | null;
            p95_ms: number | null;
            p99_ms: number | null;
        };
        Timings: {
            minute: components["schemas"]["Timing"];
            five_minutes: components["schemas"]["Timing"];
            hour: components["schemas"]["Timing"];
            day: components["schemas"]["Timing"];
        };
        Alert: {
            /** Format: uuid */
            id: string;
            rule: string;
            title: string;
            /** @enum {string} */
            severity: "warn" | "critical";
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string | null;
            /** @description How it was when it fired. */
            message: string;
            /** @description What to do about it. */
            advice: string;
            /** @description The figure that was furthest off. */
            worst: number;
            threshold: number;
        };
        Alerts: {
            open: components["schemas"]["Alert"][];
            over: components["schemas"]["Alert"][];
        };
        ScorePart: {
            name: string;
            title: string;
            points: number;
            of: number;
            says: string;
            judged: boolean;
            well: boolean;
        };
        Quarter: {
            /** Format: date-time */
            at: string;
            requests: number;
            failed: number;
            p50_ms: number | null;
            p95_ms: number | null;
            p99_ms: number | null;
            memory_bytes: number;
            cpu_percent: number;
            connections: number;
            hit_rate: number | null;
        };
        MemorySource: {
            name: string;
            bytes: number;
            /** @description Counted, and not an upper bound or an estimate. */
            exact: boolean;
        };
        Performance: {
            /** Format: date-time */
            measured_at: string | null;
            /** Format: date-time */
            since: string;
            /** @enum {string} */
            status: "healthy" | "warning" | "critical";
            headline: string;
            score: number;
            parts: components["schemas"]["ScorePart"][];
            /** @description The part without which the score would be higher. */
            held_by: string | null;
            well: string[];
            issues: components["schemas"]["Alert"][];
            recommendations: {
                name: string;
                text: string;
            }[];
            requests: components["schemas"]["Timings"];
            database: {
                reads: components["schemas"]["Timings"];
                heavy_reads: components["schemas"]["Timings"];
                turns: components["schemas"]["Timings"];
                commits: components["schemas"]["Timings"];
                waiting_reads: number;
                waiting_changes: number;
                bytes: number;
                wal_bytes: number;
                changes: number;
                stopped: number;
                slow_queries: number;
            };
            memory: {
                resident_bytes: number;
                limit_bytes: number;
                percent: number | null;
                sources: components["schemas"]["MemorySource"][];
            };
            cpu_percent: number | null;
            lag: components["schemas"]["Timings"];
            disk: {
                free_bytes: number | null;
                busy_percent: number | null;
            };
            connections: {
                open: number;
                most: number;
            };
            backup: {
                /** Format: date-time */
                at: string;
                bytes: number;
            } | null;
            cache: {
                hit_rate: number | null;
                target: number;
            };
            limits?: {
                [key: string]: number;
            } | null;
            routes: (components["schemas"]["Timing"] & {
                name: string;
                method: string;
                route: string;
            })[];
            day: components["schemas"]["Quarter"][];
        };
        CacheTier: {
            name: string;
            hits: number;
            entries: number;
            bytes: number;
            most_bytes: number;
            evicted: number;
            lives_s: number;
            hit_rate: number | null;
        };
        CacheFigures: {
            on: boolean;
            hits?: number;
            misses?: number;
            stale?: number;
            outdated?: number;
            bytes?: number;
            hit_rate?: number | null;
            recent_hit_rate?: number | null;
            tiers: components["schemas"]["CacheTier"][];
            pressure: components["schemas"]["PressureEvent"][];
        };
        PressureEvent: {
            /** Format: date-time */
            at: string;
            used_bytes: number;
            limit_bytes: number;
            /**
             * @description What was given up for memory from then on; each step includes those before it.
             * @enum {string}
             */
            step: "none" | "aside" | "hot" | "heavy";
        };
        SlowQuery: {
            /** @description What it was last done for; `own.` and a word for the server's own work. */
            route: string;
            kind: string;
            count: number;
            mean_ms: number;
            longest_ms: number;
            total_ms: number;
            /** Format: date-time */
            first_at: string;
            /** Format: date-time */
            last_at: string;
            /** @description It reads a whole table. */
            scans: boolean;
            /** @description Null until somebody has looked. */
            plan: string[] | null;
            /** @description For operators alone; values are `?`. */
            sql?: string;
        };
        SlowQueries: {
            threshold_ms: number;
            count: number;
            data: components["schemas"]["SlowQuery"][];
        };
        Lock: {
            /** @description Yours alone to know: null for others. */
            token: number | null;
            /** @description Who edits; null where you may not see who. */
            holder: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            mine: boolean;
            /** Format: date-time */
            expires_at: string;
            seconds_left: number;
        };
        LockState: {
            lock: components["schemas"]["Lock"] | null;
        };
        Presence: {
            people: {
                /** Format: uuid */
                id: string;
                name: string;
                /** Format: date-time */
                since: string;
                editing: boolean;
            }[];
        };
        Progress: {
            sequence: number;
            /** @description A word for programs. */
            stage: string;
            percentage: number;
            message: string;
            /** Format: date-time */
            timestamp: string;
        };
        StreamMessage: {
            sequence: number;
            /** @description A word for programs. */
            stage: string;
            percentage: number;
            message: string;
            /** Format: date-time */
            timestamp: string;
            /** Format: uuid */
            stream_id: string;
            /**
             * Format: uuid
             * @description Whose it is.
             */
            user_id: string | null;
            /** @description Nothing comes after it. */
            last: boolean;
        };
        StreamMessages: {
            data: components["schemas"]["StreamMessage"][];
            /** @description The last sequence number of the stream. */
            last: number;
            /** @description Nothing is told any more. */
            finished: boolean;
            /** @description There are messages after these already. */
            has_more: boolean;
        };
        Chore: {
            /** Format: uuid */
            id: string;
            kind: string;
            parameters: unknown;
            priority: number;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled" | "dead";
            attempts: number;
            max_attempts: number;
            /** Format: date-time */
            run_after: string;
            /** @description It stops after the step that it is at. */
            cancelling: boolean;
            can_cancel: boolean;
            can_retry: boolean;
            /** Format: uuid */
            stream_id: string;
            progress: components["schemas"]["Progress"] | null;
            result: unknown;
            error: string | null;
            /**
             * Format: uuid
             * @description Nobody where the clock did.
             */
            created_by: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            ended_at: string | null;
        };
        Schedule: {
            kind: string;
            /** Format: date-time */
            next_at: string;
            /** Format: date-time */
            last_at: string | null;
            /** @description It may be asked for out of its turn. */
            by_hand: boolean;
        };
        ChoreList: {
            data: components["schemas"]["Chore"][];
            schedules: components["schemas"]["Schedule"][];
        };
        Portal: {
            dashboards: components["schemas"]["PortalState"][];
            /** @description The figures are made up. */
            demo: boolean;
            sources: components["schemas"]["PortalSource"][];
            /** @description The viewer may connect sources. */
            may_manage: boolean;
        };
        PortalState: {
            /** @enum {string} */
            dashboard: "kpi" | "volume" | "revenue" | "infrastructure";
            title: string;
            ttl_seconds: number;
            loading: {
                done: number;
                of: number;
            } | null;
            /** @description Another number when there is more to read. */
            revision: number;
        };
        PortalDashboard: {
            /** @enum {string} */
            dashboard: "kpi" | "volume" | "revenue" | "infrastructure";
            title: string;
            /** @description `2026-11`: what the figures are about. */
            month: string;
            /** Format: date */
            today: string;
            day_of_month: number;
            days_in_month: number;
            /**
             * @description Relative to the dashboard's own TTL: fresh within it, stale up to five times of it.
             * @enum {string}
             */
            freshness: "fresh" | "stale" | "very_stale" | "none";
            /**
             * Format: date-time
             * @description The age of the oldest part that could be loaded.
             */
            fetched_at: string | null;
            ttl_seconds: number;
            /**
             * Format: date-time
             * @description Then it is stale.
             */
            fresh_until: string | null;
            /**
             * Format: date-time
             * @description Then it is very stale.
             */
            stale_until: string | null;
            /**
             * Format: date-time
             * @description Then it is shown no more.
             */
            gone_at: string | null;
            fetch_duration_ms: number | null;
            /** @description The figures are kept from an earlier load, because none came within the TTL. */
            cached: boolean;
            workspaces: number;
            /** @description Of how many workspaces there are figures. */
            loaded: number;
            totals: components["schemas"]["PortalKpiTotals"] | components["schemas"]["PortalVolumeTotals"] | components["schemas"]["PortalRevenueTotals"] | components["schemas"]["PortalInfrastructureTotals"];
            rows: components["schemas"]["PortalRow"][];
            warnings: {
                /** Format: uuid */
                workspace_id: string;
                name: string;
                code: string;
                message: string;
            }[];
            errors: {
                /** Format: uuid */
                workspace_id: string | null;
                name: string;
                code: string;
                message: string;
                /**
                 * Format: date-time
                 * @description When it failed, or when it is tried again.
                 */
                at: string | null;
            }[];
        };
        PortalRow: {
            /** Format: uuid */
            workspace_id: string;
            name: string;
            /**
             * Format: date-time
             * @description When these figures came.
             */
            fetched_at: string | null;
            /** @description Percent of the declared values that were there. */
            completeness: number | null;
            warnings: {
                code: string;
                message: string;
            }[];
            error: {
                code: string;
                message: string;
                /** Format: date-time */
                at: string;
            } | null;
            figures: components["schemas"]["PortalKpi"] | components["schemas"]["PortalVolume"] | components["schemas"]["PortalRevenue"] | components["schemas"]["PortalInfrastructure"] | null;
        };
        PortalKpi: {
            leads: number;
            target: number | null;
            /** @description Of the target. 1 is all of it. */
            progress: number | null;
            on_target: boolean | null;
            projected_leads: number;
            /** @description Of the target. 1 is all of it. */
            projected_progress: number | null;
            replies: number;
            projected_replies: number;
            sent: number;
            contacted: number;
        };
        PortalKpiTotals: {
            leads: number;
            target: number;
            leads_to_target: number;
            /** @description Of the target. 1 is all of it. */
            progress: number | null;
            projected_leads: number;
            projected_to_target: number;
            replies: number;
            projected_replies: number;
            sent: number;
            with_target: number;
            on_target: number;
        };
        PortalVolume: {
            sent_today: number | null;
            sent: number;
            daily_average: number;
            target: number | null;
            daily_target: number | null;
            /** @description Of the target. 1 is all of it. */
            progress: number | null;
            on_target: boolean | null;
            projected_sent: number;
            replies: number;
            /** @description Of the mails. 1 is all of it. */
            reply_rate: number | null;
            bounced: number;
            /** @description Of the mails. 1 is all of it. */
            bounce_rate: number | null;
        };
        PortalVolumeTotals: {
            sent_today: number;
            known_today: number;
            sent: number;
            target: number;
            sent_to_target: number;
            /** @description Of the target. 1 is all of it. */
            progress: number | null;
            projected_sent: number;
            projected_to_target: number;
            replies: number;
            /** @description Of the mails. 1 is all of it. */
            reply_rate: number | null;
            bounced: number;
            /** @description Of the mails. 1 is all of it. */
            bounce_rate: number | null;
            with_target: number;
            on_target: number;
        };
        PortalRevenue: {
            leads: number;
            /** @description Minor units. */
            price_per_lead: number | null;
            /** @description Minor units. */
            cost: number | null;
            currency: string;
            /** @description Minor units. */
            revenue: number | null;
            /** @description Minor units. */
            profit: number | null;
            /** @description Of the revenue. 1 is all of it. */
            margin: number | null;
            projected_leads: number;
            /** @description Minor units. */
            projected_revenue: number | null;
            /** @description Minor units. */
            projected_profit: number | null;
            /** @description Of the revenue. 1 is all of it. */
            projected_margin: number | null;
        };
        PortalRevenueTotals: {
            leads: number;
            projected_leads: number;
            /** @description Workspaces that have a price and a cost. */
            priced: number;
            currencies: {
                currency: string;
                /** @description Minor units; a loss is below 0. */
                revenue: number;
                /** @description Minor units; a loss is below 0. */
                projected_revenue: number;
                /** @description Minor units; a loss is below 0. */
                cost: number;
                /** @description Minor units; a loss is below 0. */
                profit: number;
                /** @description Minor units; a loss is below 0. */
                projected_profit: number;
                /** @description Of the revenue. 1 is all of it. */
                margin: number | null;
                /** @description Of the revenue. 1 is all of it. */
                projected_margin: number | null;
            }[];
        };
        PortalInfrastructure: {
            accounts: number;
            statuses: {
                [key: string]: number;
            };
            daily_limit: number;
            sent: number;
            replied: number;
            /** @description Of the mails. 1 is all of it. */
            reply_rate: number | null;
            bounced: number;
            /** @description Of the mails. 1 is all of it. */
            bounce_rate: number | null;
            senders: components["schemas"]["PortalSender"][];
        };
        PortalInfrastructureTotals: {
            accounts: number;
            statuses: {
                [key: string]: number;
            };
            daily_limit: number;
            sent: number;
            replied: number;
            /** @description Of the mails. 1 is all of it. */
            reply_rate: number | null;
            bounced: number;
            /** @description Of the mails. 1 is all of it. */
            bounce_rate: number | null;
        };
        PortalSender: {
            id: number;
            email: string;
            name: string | null;
            status: string;
            daily_limit: number;
            sent: number;
            /** @description Of the mails. 1 is all of it. */
            reply_rate: number | null;
            /** @description Of the mails. 1 is all of it. */
            bounce_rate: number | null;
        };
        PortalSource: {
            /** Format: uuid */
            id: string;
            name: string;
            enabled: boolean;
            /** @description Its figures are made up. */
            demo: boolean;
            has_token: boolean;
            workspaces: number;
            /** @description Workspaces with a token of their own. */
            tokens: number;
            /** @description Some workspaces are asked one after the other, because they share one token. */
            serial: boolean;
            /**
             * @description New: its list was never read.
             * @enum {string}
             */
            state: "new" | "ok" | "off" | "paused" | "failing";
            /**
             * Format: date-time
             * @description When its list of workspaces was last read.
             */
            listed_at: string | null;
            /**
             * Format: date-time
             * @description It failed several times in a row and is left alone until then.
             */
            paused_until: string | null;
            error: {
                code: string;
                message: string;
                /** Format: date-time */
                at: string;
            } | null;
            /** @description For owners. */
            base_url?: string;
        };
        PortalSources: {
            data: components["schemas"]["PortalSource"][];
            workspaces: {
                /** Format: uuid */
                workspace_id: string;
                name: string;
                active: boolean;
                /** Format: uuid */
                source_id: string;
                upstream_id: number;
                has_token: boolean;
                /** @description The service lists it no more. */
                missing: boolean;
            }[];
        };
        PortalSourceTest: {
            ok: boolean;
            workspaces: number | null;
            duration_ms: number;
            code: string | null;
            message: string | null;
        };
        PortalTokens: {
            /** @description How many are made, behind the scenes. */
            wanted: number;
        };
        PortalHealth: {
            /** @description None before the first call. */
            score: number | null;
            parts: {
                /** @enum {string} */
                name: "availability" | "completeness" | "validity" | "speed";
                score: number;
                /** @description Of 100. */
                weight: number;
                about: string;
            }[];
            /**
             * Format: date-time
             * @description The score is of the time up to then.
             */
            last_call_at: string | null;
            /** @description What is wrong just now. */
            findings: {
                code: string;
                message: string;
            }[];
            /** @description What the watch found, which looks every minute: those that are open, and the latest that are over. */
            alerts: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                rule: "source" | "workspaces" | "slow" | "invalid" | "score";
                /** @enum {string} */
                severity: "warn" | "critical";
                message: string;
                /** Format: date-time */
                since: string;
                /**
                 * Format: date-time
                 * @description None while it lasts.
                 */
                until: string | null;
            }[];
            dashboards: {
                /** @enum {string} */
                dashboard: "kpi" | "volume" | "revenue" | "infrastructure";
                title: string;
                ttl_seconds: number;
                /** @enum {string} */
                status: "fresh" | "partial" | "failed" | "never";
                /**
                 * Format: date-time
                 * @description When it was last loaded by itself.
                 */
                loaded_at: string | null;
                /**
                 * Format: date-time
                 * @description As the dashboard says it: what it is made of may have come with another one.
                 */
                fetched_at: string | null;
                duration_ms: number | null;
                pieces: number;
                failed: number;
            }[];
            /** @description Of the last hour. */
            calls: {
                api: string;
                calls: number;
                errors: number;
                repeats: number;
                average_ms: number | null;
                longest_ms: number;
            }[];
            errors: {
                /** @description Of the last day. */
                by_source: {
                    source: string;
                    type: string;
                    count: number;
                }[];
                /** @description Of the last hour. */
                latest: {
                    source: string;
                    type: string;
                    pointer: string;
                    message: string;
                    /** Format: date-time */
                    at: string;
                    /** Format: uuid */
                    workspace_id: string | null;
                    name: string | null;
                }[];
            };
        };
        PortalReview: {
            /** @description The oldest first, without those on which nothing was asked. */
            days: {
                calls: number;
                errors: number;
                /** @description Of the calls, those that came to something. 1 is all of it. */
                answered: number | null;
                average_ms: number | null;
                /** @description Values that were not as declared. */
                invalid: number;
                /** Format: date */
                day: string;
            }[];
            week: {
                calls: number;
                errors: number;
                /** @description Of the calls, those that came to something. 1 is all of it. */
                answered: number | null;
                average_ms: number | null;
                /** @description Values that were not as declared. */
                invalid: number;
            };
            week_before: {
                calls: number;
                errors: number;
                /** @description Of the calls, those that came to something. 1 is all of it. */
                answered: number | null;
                average_ms: number | null;
                /** @description Values that were not as declared. */
                invalid: number;
            };
            month: {
                calls: number;
                errors: number;
                /** @description Of the calls, those that came to something. 1 is all of it. */
                answered: number | null;
                average_ms: number | null;
                /** @description Values that were not as declared. */
                invalid: number;
            };
            /** @description What went wrong most often within thirty days. */
            recurring: {
                source: string;
                type: string;
                count: number;
                days: number;
            }[];
            settings: {
                window: number;
                attempts: number;
                timeout_seconds: number;
                /** @description Calls older than this are kept no more. */
                keep_days: number;
                ttls: {
                    /** @enum {string} */
                    dashboard: "kpi" | "volume" | "revenue" | "infrastructure";
                    seconds: number;
                }[];
            };
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            sort: "slack" | "standard";
            /** @description What is shown of its address. */
            host: string;
            events: ("alert.fired" | "alert.worsened" | "alert.recovered" | "portal.alert.fired" | "portal.alert.recovered")[];
            enabled: boolean;
            /**
             * @description `stopped`: the server switched it off.
             * @enum {string}
             */
            state: "new" | "well" | "failing" | "off" | "stopped";
            /**
             * @description Its receiver said that it is gone for good, or did nothing but fail for five days.
             * @enum {string|null}
             */
            stopped_because: "gone" | "failing" | null;
            /** @description In a row. */
            failures: number;
            /** Format: date-time */
            failing_since: string | null;
            /** Format: date-time */
            last_at: string | null;
            /** Format: date-time */
            last_delivered_at: string | null;
            waiting: number;
            /** @description It follows the server's alerts, and whoever chose them no longer runs the server. */
            alerts_held_back: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        NewWebhookMade: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            sort: "slack" | "standard";
            /** @description What is shown of its address. */
            host: string;
            events: ("alert.fired" | "alert.worsened" | "alert.recovered" | "portal.alert.fired" | "portal.alert.recovered")[];
            enabled: boolean;
            /**
             * @description `stopped`: the server switched it off.
             * @enum {string}
             */
            state: "new" | "well" | "failing" | "off" | "stopped";
            /**
             * @description Its receiver said that it is gone for good, or did nothing but fail for five days.
             * @enum {string|null}
             */
            stopped_because: "gone" | "failing" | null;
            /** @description In a row. */
            failures: number;
            /** Format: date-time */
            failing_since: string | null;
            /** Format: date-time */
            last_at: string | null;
            /** Format: date-time */
            last_delivered_at: string | null;
            waiting: number;
            /** @description It follows the server's alerts, and whoever chose them no longer runs the server. */
            alerts_held_back: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description What messages are signed with. */
            secret?: string | null;
        };
        WebhookList: {
            data: components["schemas"]["Webhook"][];
            /** @description As many may there be. */
            most: number;
            events: {
                /** @enum {string} */
                name: "alert.fired" | "alert.worsened" | "alert.recovered" | "portal.alert.fired" | "portal.alert.recovered";
                /** @description You may choose it. */
                allowed: boolean;
            }[];
        };
        WebhookSecret: {
            url: string;
            secret: string | null;
        };
        WebhookMessage: {
            /**
             * Format: uuid
             * @description `msg_` and this is the header `webhook-id`.
             */
            id: string;
            event: string;
            /** Format: date-time */
            at: string;
            text: string;
            /** @description As programs are told it. */
            body: string;
            /** @enum {string} */
            state: "waiting" | "retrying" | "delivered" | "given_up";
            attempts: number;
            /** Format: date-time */
            next_at: string | null;
            /** Format: date-time */
            done_at: string | null;
            /** Format: date-time */
            tried_at: string | null;
            status: number | null;
            /** @description The beginning of what the receiver said. */
            answer: string | null;
            error: string | null;
            took_ms: number | null;
        };
        WebhookLog: {
            data: components["schemas"]["WebhookMessage"][];
            has_more: boolean;
        };
        /** @description The customers and organisations you work for, each with its sites, people, deals and jobs. */
        Company: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /** Sector */
            sector?: string | null;
            /** Website */
            website?: string | null;
            /** Phone */
            phone?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Address */
            address?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Owner
             * Format: uuid
             * @description The id of one of the users.
             */
            owner_id?: string | null;
            /** @description Shown on request: the owner that `owner_id` names. */
            owner?: Record<string, never> | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        CompanyPage: {
            data: components["schemas"]["Company"][];
            page: components["schemas"]["Page"];
        };
        NewCompany: {
            /** Name */
            name: string;
            /** Sector */
            sector?: string | null;
            /** Website */
            website?: string | null;
            /** Phone */
            phone?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Address */
            address?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Owner
             * Format: uuid
             * @description The id of one of the users.
             */
            owner_id?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        CompanyChange: {
            /** Name */
            name?: string;
            /** Sector */
            sector?: string | null;
            /** Website */
            website?: string | null;
            /** Phone */
            phone?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Address */
            address?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Owner
             * Format: uuid
             * @description The id of one of the users.
             */
            owner_id?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The places you drive to: a company's branches and buildings, with the equipment that stands there. */
        Site: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /** @description Shown on request: the company that `company_id` names. */
            company?: Record<string, never> | null;
            /** Address */
            address?: string | null;
            /** Latitude */
            lat?: number | null;
            /** Longitude */
            lng?: number | null;
            /** Phone */
            phone?: string | null;
            /** Access codes */
            access_codes?: string | null;
            /** Description */
            description?: string | null;
            /** Health score */
            health_score?: number | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        SitePage: {
            data: components["schemas"]["Site"][];
            page: components["schemas"]["Page"];
        };
        NewSite: {
            /** Name */
            name: string;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /** Address */
            address?: string | null;
            /** Latitude */
            lat?: number | null;
            /** Longitude */
            lng?: number | null;
            /** Phone */
            phone?: string | null;
            /** Access codes */
            access_codes?: string | null;
            /** Description */
            description?: string | null;
            /** Health score */
            health_score?: number | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        SiteChange: {
            /** Name */
            name?: string;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /** Address */
            address?: string | null;
            /** Latitude */
            lat?: number | null;
            /** Longitude */
            lng?: number | null;
            /** Phone */
            phone?: string | null;
            /** Access codes */
            access_codes?: string | null;
            /** Description */
            description?: string | null;
            /** Health score */
            health_score?: number | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The people at your customers: who to call, who to write to, who opens the door. */
        Contact: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            readonly name?: string | null;
            /** Last name */
            last_name?: string | null;
            /** First name */
            first_name?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Mobile */
            mobile?: string | null;
            /** Job title */
            job_title?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /** @description Shown on request: the company that `company_id` names. */
            company?: Record<string, never> | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        ContactPage: {
            data: components["schemas"]["Contact"][];
            page: components["schemas"]["Page"];
        };
        NewContact: {
            /** Last name */
            last_name: string;
            /** First name */
            first_name?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Mobile */
            mobile?: string | null;
            /** Job title */
            job_title?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        ContactChange: {
            /** Last name */
            last_name?: string;
            /** First name */
            first_name?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Mobile */
            mobile?: string | null;
            /** Job title */
            job_title?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description Sales in the making: who wants what, how much it is worth and how far it has come. */
        Deal: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /** @description Shown on request: the company that `company_id` names. */
            company?: Record<string, never> | null;
            /**
             * Contact
             * Format: uuid
             * @description The id of one of the contacts.
             */
            contact_id?: string | null;
            /** @description Shown on request: the contact that `contact_id` names. */
            contact?: Record<string, never> | null;
            /**
             * Product
             * Format: uuid
             * @description The id of one of the products.
             */
            product_id?: string | null;
            /** @description Shown on request: the product that `product_id` names. */
            product?: Record<string, never> | null;
            /**
             * Stage
             * @description A `name` of the status options whose list is `deal-stage`.
             */
            stage?: string | null;
            /**
             * Value
             * @description Minor units of the currency in `currency`.
             */
            value?: number | null;
            /** Currency */
            currency?: string | null;
            /** Probability (%) */
            probability?: number | null;
            /**
             * Opened
             * Format: date
             */
            opened_on?: string | null;
            /**
             * Expected close
             * Format: date
             */
            expected_on?: string | null;
            /**
             * Closed
             * Format: date
             */
            closed_on?: string | null;
            /**
             * Owner
             * Format: uuid
             * @description The id of one of the users.
             */
            owner_id?: string | null;
            /** @description Shown on request: the owner that `owner_id` names. */
            owner?: Record<string, never> | null;
            /** Description */
            description?: string | null;
        };
        DealPage: {
            data: components["schemas"]["Deal"][];
            page: components["schemas"]["Page"];
        };
        NewDeal: {
            /** Name */
            name?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /**
             * Contact
             * Format: uuid
             * @description The id of one of the contacts.
             */
            contact_id?: string | null;
            /**
             * Product
             * Format: uuid
             * @description The id of one of the products.
             */
            product_id?: string | null;
            /**
             * Stage
             * @description A `name` of the status options whose list is `deal-stage`.
             */
            stage?: string | null;
            /**
             * Value
             * @description Minor units of the currency in `currency`.
             */
            value?: number | null;
            /** Currency */
            currency?: string | null;
            /** Probability (%) */
            probability?: number | null;
            /**
             * Opened
             * Format: date
             */
            opened_on?: string | null;
            /**
             * Expected close
             * Format: date
             */
            expected_on?: string | null;
            /**
             * Closed
             * Format: date
             */
            closed_on?: string | null;
            /**
             * Owner
             * Format: uuid
             * @description The id of one of the users.
             */
            owner_id?: string | null;
            /** Description */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        DealChange: {
            /** Name */
            name?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /**
             * Contact
             * Format: uuid
             * @description The id of one of the contacts.
             */
            contact_id?: string | null;
            /**
             * Product
             * Format: uuid
             * @description The id of one of the products.
             */
            product_id?: string | null;
            /**
             * Stage
             * @description A `name` of the status options whose list is `deal-stage`.
             */
            stage?: string | null;
            /**
             * Value
             * @description Minor units of the currency in `currency`.
             */
            value?: number | null;
            /** Currency */
            currency?: string | null;
            /** Probability (%) */
            probability?: number | null;
            /**
             * Opened
             * Format: date
             */
            opened_on?: string | null;
            /**
             * Expected close
             * Format: date
             */
            expected_on?: string | null;
            /**
             * Closed
             * Format: date
             */
            closed_on?: string | null;
            /**
             * Owner
             * Format: uuid
             * @description The id of one of the users.
             */
            owner_id?: string | null;
            /** Description */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The machines you look after, where they stand and when they are next due. */
        PieceOfEquipment: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /** Serial number */
            serial?: string | null;
            /** Type */
            type?: string | null;
            /**
             * Status
             * @default active
             * @enum {string|null}
             */
            status: "active" | "in_work" | "out_of_service" | "decommissioned" | null;
            /**
             * Site
             * Format: uuid
             * @description The id of one of the sites.
             */
            site_id?: string | null;
            /** @description Shown on request: the site that `site_id` names. */
            site?: Record<string, never> | null;
            /** Manufacturer */
            manufacturer?: string | null;
            /** Model */
            model?: string | null;
            /**
             * Installed
             * Format: date
             */
            installed_on?: string | null;
            /**
             * Warranty until
             * Format: date
             */
            warranty_until?: string | null;
            /**
             * Calibration due
             * Format: date
             */
            calibration_due?: string | null;
            /**
             * Inspection due
             * Format: date
             */
            inspection_due?: string | null;
            /** Latitude */
            lat?: number | null;
            /** Longitude */
            lng?: number | null;
            /** Description */
            description?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            readonly company_id?: string | null;
            /** @description Shown on request: the company that `company_id` names. */
            company?: Record<string, never> | null;
        };
        PieceOfEquipmentPage: {
            data: components["schemas"]["PieceOfEquipment"][];
            page: components["schemas"]["Page"];
        };
        NewPieceOfEquipment: {
            /** Name */
            name?: string | null;
            /** Serial number */
            serial?: string | null;
            /** Type */
            type?: string | null;
            /**
             * Status
             * @default active
             * @enum {string}
             */
            status: "active" | "in_work" | "out_of_service" | "decommissioned";
            /**
             * Site
             * Format: uuid
             * @description The id of one of the sites.
             */
            site_id?: string | null;
            /** Manufacturer */
            manufacturer?: string | null;
            /** Model */
            model?: string | null;
            /**
             * Installed
             * Format: date
             */
            installed_on?: string | null;
            /**
             * Warranty until
             * Format: date
             */
            warranty_until?: string | null;
            /**
             * Calibration due
             * Format: date
             */
            calibration_due?: string | null;
            /**
             * Inspection due
             * Format: date
             */
            inspection_due?: string | null;
            /** Latitude */
            lat?: number | null;
            /** Longitude */
            lng?: number | null;
            /** Description */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        PieceOfEquipmentChange: {
            /** Name */
            name?: string | null;
            /** Serial number */
            serial?: string | null;
            /** Type */
            type?: string | null;
            /**
             * Status
             * @default active
             * @enum {string}
             */
            status: "active" | "in_work" | "out_of_service" | "decommissioned";
            /**
             * Site
             * Format: uuid
             * @description The id of one of the sites.
             */
            site_id?: string | null;
            /** Manufacturer */
            manufacturer?: string | null;
            /** Model */
            model?: string | null;
            /**
             * Installed
             * Format: date
             */
            installed_on?: string | null;
            /**
             * Warranty until
             * Format: date
             */
            warranty_until?: string | null;
            /**
             * Calibration due
             * Format: date
             */
            calibration_due?: string | null;
            /**
             * Inspection due
             * Format: date
             */
            inspection_due?: string | null;
            /** Latitude */
            lat?: number | null;
            /** Longitude */
            lng?: number | null;
            /** Description */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The jobs you do at your customers' sites: what is wrong, who goes, by when, and how it ended. */
        WorkOrder: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Number */
            number?: string | null;
            /** Title */
            title?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Priority
             * @default normal
             * @enum {string|null}
             */
            priority: "low" | "normal" | "high" | "emergency" | null;
            /**
             * Status
             * @default new
             * @enum {string|null}
             */
            status: "new" | "assigned" | "in_progress" | "on_hold" | "completed" | "invoiced" | "cancelled" | null;
            /**
             * Site
             * Format: uuid
             * @description The id of one of the sites.
             */
            site_id?: string | null;
            /** @description Shown on request: the site that `site_id` names. */
            site?: Record<string, never> | null;
            /**
             * Equipment
             * Format: uuid
             * @description The id of one of the equipment.
             */
            equipment_id?: string | null;
            /** @description Shown on request: the equipment that `equipment_id` names. */
            equipment?: Record<string, never> | null;
            /**
             * Contact
             * Format: uuid
             * @description The id of one of the contacts.
             */
            contact_id?: string | null;
            /** @description Shown on request: the contact that `contact_id` names. */
            contact?: Record<string, never> | null;
            /**
             * Service
             * Format: uuid
             * @description The id of one of the services.
             */
            service_id?: string | null;
            /** @description Shown on request: the service that `service_id` names. */
            service?: Record<string, never> | null;
            /**
             * Contractor
             * Format: uuid
             * @description The id of one of the contractors.
             */
            contractor_id?: string | null;
            /** @description Shown on request: the contractor that `contractor_id` names. */
            contractor?: Record<string, never> | null;
            /**
             * Technician
             * Format: uuid
             * @description Its id. Shown on request: the technician that `assigned_to` names.
             */
            assigned_to?: string | Record<string, never> | null;
            /**
             * Due
             * Format: date-time
             */
            due_at?: string | null;
            /**
             * Scheduled
             * Format: date-time
             */
            scheduled_at?: string | null;
            /**
             * Started
             * Format: date-time
             */
            started_at?: string | null;
            /**
             * Completed
             * Format: date-time
             */
            completed_at?: string | null;
            /**
             * Invoiced
             * Format: date-time
             */
            invoiced_at?: string | null;
            /** Checklist */
            checklist?: unknown[] | Record<string, never> | null;
            /** Recurrence */
            recurrence?: unknown[] | Record<string, never> | null;
            /** What was done */
            resolution?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            readonly company_id?: string | null;
            /** @description Shown on request: the company that `company_id` names. */
            company?: Record<string, never> | null;
        };
        WorkOrderPage: {
            data: components["schemas"]["WorkOrder"][];
            page: components["schemas"]["Page"];
        };
        NewWorkOrder: {
            /** Number */
            number?: string | null;
            /** Title */
            title: string;
            /** Description */
            description?: string | null;
            /**
             * Priority
             * @default normal
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "emergency";
            /**
             * Status
             * @default new
             * @enum {string}
             */
            status: "new" | "assigned" | "in_progress" | "on_hold" | "completed" | "invoiced" | "cancelled";
            /**
             * Site
             * Format: uuid
             * @description The id of one of the sites.
             */
            site_id?: string | null;
            /**
             * Equipment
             * Format: uuid
             * @description The id of one of the equipment.
             */
            equipment_id?: string | null;
            /**
             * Contact
             * Format: uuid
             * @description The id of one of the contacts.
             */
            contact_id?: string | null;
            /**
             * Service
             * Format: uuid
             * @description The id of one of the services.
             */
            service_id?: string | null;
            /**
             * Contractor
             * Format: uuid
             * @description The id of one of the contractors.
             */
            contractor_id?: string | null;
            /**
             * Technician
             * Format: uuid
             * @description The id of one of the users.
             */
            assigned_to?: string | null;
            /**
             * Due
             * Format: date-time
             */
            due_at?: string | null;
            /**
             * Scheduled
             * Format: date-time
             */
            scheduled_at?: string | null;
            /**
             * Started
             * Format: date-time
             */
            started_at?: string | null;
            /**
             * Completed
             * Format: date-time
             */
            completed_at?: string | null;
            /**
             * Invoiced
             * Format: date-time
             */
            invoiced_at?: string | null;
            /** Checklist */
            checklist?: unknown[] | Record<string, never> | null;
            /** Recurrence */
            recurrence?: unknown[] | Record<string, never> | null;
            /** What was done */
            resolution?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        WorkOrderChange: {
            /** Number */
            number?: string | null;
            /** Title */
            title?: string;
            /** Description */
            description?: string | null;
            /**
             * Priority
             * @default normal
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "emergency";
            /**
             * Status
             * @default new
             * @enum {string}
             */
            status: "new" | "assigned" | "in_progress" | "on_hold" | "completed" | "invoiced" | "cancelled";
            /**
             * Site
             * Format: uuid
             * @description The id of one of the sites.
             */
            site_id?: string | null;
            /**
             * Equipment
             * Format: uuid
             * @description The id of one of the equipment.
             */
            equipment_id?: string | null;
            /**
             * Contact
             * Format: uuid
             * @description The id of one of the contacts.
             */
            contact_id?: string | null;
            /**
             * Service
             * Format: uuid
             * @description The id of one of the services.
             */
            service_id?: string | null;
            /**
             * Contractor
             * Format: uuid
             * @description The id of one of the contractors.
             */
            contractor_id?: string | null;
            /**
             * Technician
             * Format: uuid
             * @description The id of one of the users.
             */
            assigned_to?: string | null;
            /**
             * Due
             * Format: date-time
             */
            due_at?: string | null;
            /**
             * Scheduled
             * Format: date-time
             */
            scheduled_at?: string | null;
            /**
             * Started
             * Format: date-time
             */
            started_at?: string | null;
            /**
             * Completed
             * Format: date-time
             */
            completed_at?: string | null;
            /**
             * Invoiced
             * Format: date-time
             */
            invoiced_at?: string | null;
            /** Checklist */
            checklist?: unknown[] | Record<string, never> | null;
            /** Recurrence */
            recurrence?: unknown[] | Record<string, never> | null;
            /** What was done */
            resolution?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description What somebody has to do by when: call back, send an offer, order a part. */
        Task: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Title */
            title?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Status
             * @default pending
             * @enum {string|null}
             */
            status: "pending" | "in_progress" | "done" | null;
            /**
             * Assignee
             * Format: uuid
             * @description The id of one of the users.
             */
            assignee_id?: string | null;
            /** @description Shown on request: the assignee that `assignee_id` names. */
            assignee?: Record<string, never> | null;
            /**
             * Due
             * Format: date-time
             */
            due_at?: string | null;
            /**
             * Completed
             * Format: date-time
             */
            readonly completed_at?: string | null;
            /**
             * About (kind)
             * @enum {string|null}
             */
            about_kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views" | null;
            /**
             * About
             * Format: uuid
             * @description The id of a record of the kind in `about_kind`.
             */
            about_id?: string | null;
        };
        TaskPage: {
            data: components["schemas"]["Task"][];
            page: components["schemas"]["Page"];
        };
        NewTask: {
            /** Title */
            title: string;
            /** Description */
            description?: string | null;
            /**
             * Status
             * @default pending
             * @enum {string}
             */
            status: "pending" | "in_progress" | "done";
            /**
             * Assignee
             * Format: uuid
             * @description The id of one of the users.
             */
            assignee_id?: string | null;
            /**
             * Due
             * Format: date-time
             */
            due_at?: string | null;
            /**
             * About (kind)
             * @enum {string|null}
             */
            about_kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views" | null;
            /**
             * About
             * Format: uuid
             * @description The id of a record of the kind in `about_kind`.
             */
            about_id?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        TaskChange: {
            /** Title */
            title?: string;
            /** Description */
            description?: string | null;
            /**
             * Status
             * @default pending
             * @enum {string}
             */
            status: "pending" | "in_progress" | "done";
            /**
             * Assignee
             * Format: uuid
             * @description The id of one of the users.
             */
            assignee_id?: string | null;
            /**
             * Due
             * Format: date-time
             */
            due_at?: string | null;
            /**
             * About (kind)
             * @enum {string|null}
             */
            about_kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views" | null;
            /**
             * About
             * Format: uuid
             * @description The id of a record of the kind in `about_kind`.
             */
            about_id?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The papers that say a machine was inspected, what was found and until when it counts. */
        Certificate: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Number */
            number?: string | null;
            /**
             * Equipment
             * Format: uuid
             * @description The id of one of the equipment.
             */
            equipment_id?: string | null;
            /** @description Shown on request: the equipment that `equipment_id` names. */
            equipment?: Record<string, never> | null;
            /**
             * Work order
             * Format: uuid
             * @description The id of one of the work orders.
             */
            work_order_id?: string | null;
            /** @description Shown on request: the work order that `work_order_id` names. */
            work_order?: Record<string, never> | null;
            /**
             * Issued
             * Format: date
             */
            issued_on?: string | null;
            /**
             * Valid until
             * Format: date
             */
            valid_until?: string | null;
            /**
             * Result
             * @enum {string|null}
             */
            result?: "passed" | "passed_with_defects" | "failed" | null;
            /** Inspector */
            inspector?: string | null;
            /** Remarks */
            description?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            readonly company_id?: string | null;
            /** @description Shown on request: the company that `company_id` names. */
            company?: Record<string, never> | null;
        };
        CertificatePage: {
            data: components["schemas"]["Certificate"][];
            page: components["schemas"]["Page"];
        };
        NewCertificate: {
            /** Number */
            number?: string | null;
            /**
             * Equipment
             * Format: uuid
             * @description The id of one of the equipment.
             */
            equipment_id?: string | null;
            /**
             * Work order
             * Format: uuid
             * @description The id of one of the work orders.
             */
            work_order_id?: string | null;
            /**
             * Issued
             * Format: date
             */
            issued_on?: string | null;
            /**
             * Valid until
             * Format: date
             */
            valid_until?: string | null;
            /**
             * Result
             * @enum {string|null}
             */
            result?: "passed" | "passed_with_defects" | "failed" | null;
            /** Inspector */
            inspector?: string | null;
            /** Remarks */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        CertificateChange: {
            /** Number */
            number?: string | null;
            /**
             * Equipment
             * Format: uuid
             * @description The id of one of the equipment.
             */
            equipment_id?: string | null;
            /**
             * Work order
             * Format: uuid
             * @description The id of one of the work orders.
             */
            work_order_id?: string | null;
            /**
             * Issued
             * Format: date
             */
            issued_on?: string | null;
            /**
             * Valid until
             * Format: date
             */
            valid_until?: string | null;
            /**
             * Result
             * @enum {string|null}
             */
            result?: "passed" | "passed_with_defects" | "failed" | null;
            /** Inspector */
            inspector?: string | null;
            /** Remarks */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The hours that people spent on a work order. */
        TimeLog: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /**
             * Work order
             * Format: uuid
             * @description The id of one of the work orders.
             */
            work_order_id?: string | null;
            /** @description Shown on request: the work order that `work_order_id` names. */
            work_order?: Record<string, never> | null;
            /**
             * Person
             * Format: uuid
             * @description The id of one of the users.
             */
            user_id?: string | null;
            /** @description Shown on request: the person that `user_id` names. */
            user?: Record<string, never> | null;
            /**
             * Started
             * Format: date-time
             */
            started_at?: string | null;
            /**
             * Ended
             * Format: date-time
             */
            ended_at?: string | null;
            /** Minutes */
            minutes?: number | null;
            /**
             * Billable
             * @default true
             */
            billable: boolean | null;
            /** What was done */
            description?: string | null;
        };
        TimeLogPage: {
            data: components["schemas"]["TimeLog"][];
            page: components["schemas"]["Page"];
        };
        NewTimeLog: {
            /**
             * Work order
             * Format: uuid
             * @description The id of one of the work orders.
             */
            work_order_id: string;
            /**
             * Person
             * Format: uuid
             * @description The id of one of the users.
             */
            user_id?: string | null;
            /**
             * Started
             * Format: date-time
             */
            started_at?: string | null;
            /**
             * Ended
             * Format: date-time
             */
            ended_at?: string | null;
            /** Minutes */
            minutes?: number | null;
            /**
             * Billable
             * @default true
             */
            billable: boolean;
            /** What was done */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        TimeLogChange: {
            /**
             * Work order
             * Format: uuid
             * @description The id of one of the work orders.
             */
            work_order_id?: string;
            /**
             * Person
             * Format: uuid
             * @description The id of one of the users.
             */
            user_id?: string | null;
            /**
             * Started
             * Format: date-time
             */
            started_at?: string | null;
            /**
             * Ended
             * Format: date-time
             */
            ended_at?: string | null;
            /** Minutes */
            minutes?: number | null;
            /**
             * Billable
             * @default true
             */
            billable: boolean;
            /** What was done */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The parts that a work order used: from stock, or bought on the way. */
        PartLog: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /**
             * Work order
             * Format: uuid
             * @description The id of one of the work orders.
             */
            work_order_id?: string | null;
            /** @description Shown on request: the work order that `work_order_id` names. */
            work_order?: Record<string, never> | null;
            /**
             * Stock item
             * Format: uuid
             * @description The id of one of the stock items.
             */
            stock_item_id?: string | null;
            /** @description Shown on request: the stock item that `stock_item_id` names. */
            stock_item?: Record<string, never> | null;
            /** Part */
            description?: string | null;
            /**
             * Quantity
             * @default 1
             */
            quantity: number | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
        };
        PartLogPage: {
            data: components["schemas"]["PartLog"][];
            page: components["schemas"]["Page"];
        };
        NewPartLog: {
            /**
             * Work order
             * Format: uuid
             * @description The id of one of the work orders.
             */
            work_order_id: string;
            /**
             * Stock item
             * Format: uuid
             * @description The id of one of the stock items.
             */
            stock_item_id?: string | null;
            /** Part */
            description?: string | null;
            /**
             * Quantity
             * @default 1
             */
            quantity: number;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        PartLogChange: {
            /**
             * Work order
             * Format: uuid
             * @description The id of one of the work orders.
             */
            work_order_id?: string;
            /**
             * Stock item
             * Format: uuid
             * @description The id of one of the stock items.
             */
            stock_item_id?: string | null;
            /** Part */
            description?: string | null;
            /**
             * Quantity
             * @default 1
             */
            quantity: number;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description What was said, seen or agreed, kept with the record that it is about. */
        Note: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Note */
            body?: string | null;
            /**
             * About (kind)
             * @enum {string|null}
             */
            about_kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views" | null;
            /**
             * About
             * Format: uuid
             * @description The id of a record of the kind in `about_kind`.
             */
            about_id?: string | null;
            /** Mentioned */
            mentions?: unknown[] | Record<string, never> | null;
        };
        NotePage: {
            data: components["schemas"]["Note"][];
            page: components["schemas"]["Page"];
        };
        NewNote: {
            /** Note */
            body: string;
            /**
             * About (kind)
             * @enum {string}
             */
            about_kind: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            /**
             * About
             * Format: uuid
             * @description The id of a record of the kind in `about_kind`.
             */
            about_id: string;
            /** Mentioned */
            mentions?: unknown[] | Record<string, never> | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        NoteChange: {
            /** Note */
            body?: string;
            /**
             * About (kind)
             * @enum {string}
             */
            about_kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            /**
             * About
             * Format: uuid
             * @description The id of a record of the kind in `about_kind`.
             */
            about_id?: string;
            /** Mentioned */
            mentions?: unknown[] | Record<string, never> | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description Photos, plans and papers, kept with the record that they are about. */
        Attachment: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** File name */
            name?: string | null;
            /** Type */
            readonly media_type?: string | null;
            /** Size */
            readonly bytes?: number | null;
            /** Digest */
            readonly sha256?: string | null;
            /**
             * About (kind)
             * @enum {string|null}
             */
            about_kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views" | null;
            /**
             * About
             * Format: uuid
             * @description The id of a record of the kind in `about_kind`.
             */
            about_id?: string | null;
        };
        AttachmentPage: {
            data: components["schemas"]["Attachment"][];
            page: components["schemas"]["Page"];
        };
        NewAttachment: {
            /** File name */
            name: string;
            /**
             * About (kind)
             * @enum {string}
             */
            about_kind: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            /**
             * About
             * Format: uuid
             * @description The id of a record of the kind in `about_kind`.
             */
            about_id: string;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        AttachmentChange: {
            /** File name */
            name?: string;
            /**
             * About (kind)
             * @enum {string}
             */
            about_kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            /**
             * About
             * Format: uuid
             * @description The id of a record of the kind in `about_kind`.
             */
            about_id?: string;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The parts on your shelves and in your vans, how many there are and when to order more. */
        StockItem: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /** Part number */
            number?: string | null;
            /**
             * Category
             * Format: uuid
             * @description The id of one of the categories.
             */
            category_id?: string | null;
            /** @description Shown on request: the category that `category_id` names. */
            category?: Record<string, never> | null;
            /**
             * Supplier
             * Format: uuid
             * @description The id of one of the suppliers.
             */
            supplier_id?: string | null;
            /** @description Shown on request: the supplier that `supplier_id` names. */
            supplier?: Record<string, never> | null;
            /**
             * Quantity
             * @default 0
             */
            quantity: number | null;
            /** Unit */
            unit?: string | null;
            /** Reorder at */
            reorder_at?: number | null;
            /** Location */
            location?: string | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        StockItemPage: {
            data: components["schemas"]["StockItem"][];
            page: components["schemas"]["Page"];
        };
        NewStockItem: {
            /** Name */
            name: string;
            /** Part number */
            number?: string | null;
            /**
             * Category
             * Format: uuid
             * @description The id of one of the categories.
             */
            category_id?: string | null;
            /**
             * Supplier
             * Format: uuid
             * @description The id of one of the suppliers.
             */
            supplier_id?: string | null;
            /**
             * Quantity
             * @default 0
             */
            quantity: number;
            /** Unit */
            unit?: string | null;
            /** Reorder at */
            reorder_at?: number | null;
            /** Location */
            location?: string | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        StockItemChange: {
            /** Name */
            name?: string;
            /** Part number */
            number?: string | null;
            /**
             * Category
             * Format: uuid
             * @description The id of one of the categories.
             */
            category_id?: string | null;
            /**
             * Supplier
             * Format: uuid
             * @description The id of one of the suppliers.
             */
            supplier_id?: string | null;
            /**
             * Quantity
             * @default 0
             */
            quantity: number;
            /** Unit */
            unit?: string | null;
            /** Reorder at */
            reorder_at?: number | null;
            /** Location */
            location?: string | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description Outside workers and firms who take on jobs for you. One with a login sees only the jobs given to them. */
        Contractor: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /** Trade */
            trade?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Address */
            address?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        ContractorPage: {
            data: components["schemas"]["Contractor"][];
            page: components["schemas"]["Page"];
        };
        NewContractor: {
            /** Name */
            name: string;
            /** Trade */
            trade?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Address */
            address?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        ContractorChange: {
            /** Name */
            name?: string;
            /** Trade */
            trade?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Address */
            address?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description What your team does for customers: inspections, repairs, installations, each with its usual time and price. */
        Service: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /**
             * Category
             * Format: uuid
             * @description The id of one of the categories.
             */
            category_id?: string | null;
            /** @description Shown on request: the category that `category_id` names. */
            category?: Record<string, never> | null;
            /** Usual minutes */
            minutes?: number | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        ServicePage: {
            data: components["schemas"]["Service"][];
            page: components["schemas"]["Page"];
        };
        NewService: {
            /** Name */
            name: string;
            /**
             * Category
             * Format: uuid
             * @description The id of one of the categories.
             */
            category_id?: string | null;
            /** Usual minutes */
            minutes?: number | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        ServiceChange: {
            /** Name */
            name?: string;
            /**
             * Category
             * Format: uuid
             * @description The id of one of the categories.
             */
            category_id?: string | null;
            /** Usual minutes */
            minutes?: number | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description What you sell, with its price. Deals name the product they are about. */
        Product: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /** Number */
            number?: string | null;
            /**
             * Category
             * Format: uuid
             * @description The id of one of the categories.
             */
            category_id?: string | null;
            /** @description Shown on request: the category that `category_id` names. */
            category?: Record<string, never> | null;
            /**
             * Supplier
             * Format: uuid
             * @description The id of one of the suppliers.
             */
            supplier_id?: string | null;
            /** @description Shown on request: the supplier that `supplier_id` names. */
            supplier?: Record<string, never> | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        ProductPage: {
            data: components["schemas"]["Product"][];
            page: components["schemas"]["Page"];
        };
        NewProduct: {
            /** Name */
            name: string;
            /** Number */
            number?: string | null;
            /**
             * Category
             * Format: uuid
             * @description The id of one of the categories.
             */
            category_id?: string | null;
            /**
             * Supplier
             * Format: uuid
             * @description The id of one of the suppliers.
             */
            supplier_id?: string | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        ProductChange: {
            /** Name */
            name?: string;
            /** Number */
            number?: string | null;
            /**
             * Category
             * Format: uuid
             * @description The id of one of the categories.
             */
            category_id?: string | null;
            /**
             * Supplier
             * Format: uuid
             * @description The id of one of the suppliers.
             */
            supplier_id?: string | null;
            /**
             * Price
             * @description Minor units of the currency in `currency`.
             */
            price?: number | null;
            /** Currency */
            currency?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description Groups that keep products, services and parts easy to find. */
        Category: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /** Description */
            description?: string | null;
        };
        CategoryPage: {
            data: components["schemas"]["Category"][];
            page: components["schemas"]["Page"];
        };
        NewCategory: {
            /** Name */
            name: string;
            /** Description */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        CategoryChange: {
            /** Name */
            name?: string;
            /** Description */
            description?: string | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The firms you buy products and parts from. */
        Supplier: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /** Website */
            website?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Address */
            address?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        SupplierPage: {
            data: components["schemas"]["Supplier"][];
            page: components["schemas"]["Page"];
        };
        NewSupplier: {
            /** Name */
            name: string;
            /** Website */
            website?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Address */
            address?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        SupplierChange: {
            /** Name */
            name?: string;
            /** Website */
            website?: string | null;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Address */
            address?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The workspaces whose figures the portal shows, with their monthly targets, prices and costs. New ones come by themselves from the mail service; one made by hand appears in the portal once it is connected to a mail service. An inactive one is not asked about. */
        PortalWorkspace: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /** Target: leads a month */
            monthly_target?: number | null;
            /** Target: mails a month */
            sending_target?: number | null;
            /**
             * Price per lead
             * @description Minor units of the currency in `currency`.
             */
            price_per_lead?: number | null;
            /**
             * Cost a month
             * @description Minor units of the currency in `currency`.
             */
            cost_per_month?: number | null;
            /** Currency */
            currency?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean | null;
        };
        PortalWorkspacePage: {
            data: components["schemas"]["PortalWorkspace"][];
            page: components["schemas"]["Page"];
        };
        NewPortalWorkspace: {
            /** Name */
            name: string;
            /** Target: leads a month */
            monthly_target?: number | null;
            /** Target: mails a month */
            sending_target?: number | null;
            /**
             * Price per lead
             * @description Minor units of the currency in `currency`.
             */
            price_per_lead?: number | null;
            /**
             * Cost a month
             * @description Minor units of the currency in `currency`.
             */
            cost_per_month?: number | null;
            /** Currency */
            currency?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        PortalWorkspaceChange: {
            /** Name */
            name?: string;
            /** Target: leads a month */
            monthly_target?: number | null;
            /** Target: mails a month */
            sending_target?: number | null;
            /**
             * Price per lead
             * @description Minor units of the currency in `currency`.
             */
            price_per_lead?: number | null;
            /**
             * Cost a month
             * @description Minor units of the currency in `currency`.
             */
            cost_per_month?: number | null;
            /** Currency */
            currency?: string | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        UserPage: {
            data: components["schemas"]["User"][];
            page: components["schemas"]["Page"];
        };
        NewUser: {
            /** Name */
            name: string;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Role */
            role?: string | null;
            /** Manager */
            manager?: string | null;
            /** Region */
            region?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /**
             * Contractor
             * Format: uuid
             * @description The id of one of the contractors.
             */
            contractor_id?: string | null;
            /**
             * Limits
             * @enum {string|null}
             */
            tier?: "basic" | "premium" | "admin" | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        UserChange: {
            /** Name */
            name?: string;
            /**
             * E-mail
             * Format: email
             */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Role */
            role?: string | null;
            /** Manager */
            manager?: string | null;
            /** Region */
            region?: string | null;
            /**
             * Company
             * Format: uuid
             * @description The id of one of the companies.
             */
            company_id?: string | null;
            /**
             * Contractor
             * Format: uuid
             * @description The id of one of the contractors.
             */
            contractor_id?: string | null;
            /**
             * Limits
             * @enum {string|null}
             */
            tier?: "basic" | "premium" | "admin" | null;
            /**
             * Active
             * @default true
             */
            active: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description What people may see and do. The six shipped roles cannot be changed; make your own beside them. */
        Role: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /** Label */
            label?: string | null;
            /** What it is for */
            about?: string | null;
            /**
             * Shipped
             * @default false
             */
            readonly shipped: boolean | null;
            /** Rights */
            grants?: unknown[] | Record<string, never> | null;
            /** Hidden fields */
            hidden?: unknown[] | Record<string, never> | null;
            /** Read-only fields */
            locked?: unknown[] | Record<string, never> | null;
            /**
             * Limits
             * @enum {string|null}
             */
            tier?: "basic" | "premium" | "admin" | null;
        };
        RolePage: {
            data: components["schemas"]["Role"][];
            page: components["schemas"]["Page"];
        };
        NewRole: {
            /** Name */
            name: string;
            /** Label */
            label?: string | null;
            /** What it is for */
            about?: string | null;
            /** Rights */
            grants?: unknown[] | Record<string, never> | null;
            /** Hidden fields */
            hidden?: unknown[] | Record<string, never> | null;
            /** Read-only fields */
            locked?: unknown[] | Record<string, never> | null;
            /**
             * Limits
             * @enum {string|null}
             */
            tier?: "basic" | "premium" | "admin" | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        RoleChange: {
            /** Name */
            name?: string;
            /** Label */
            label?: string | null;
            /** What it is for */
            about?: string | null;
            /** Rights */
            grants?: unknown[] | Record<string, never> | null;
            /** Hidden fields */
            hidden?: unknown[] | Record<string, never> | null;
            /** Read-only fields */
            locked?: unknown[] | Record<string, never> | null;
            /**
             * Limits
             * @enum {string|null}
             */
            tier?: "basic" | "premium" | "admin" | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description The choices in your own lists, such as the stages of a deal. What a stage counts as decides which deals are open, won or lost. */
        StatusOption: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** List */
            list?: string | null;
            /** Name */
            name?: string | null;
            /** Label */
            label?: string | null;
            /**
             * Counts as
             * @enum {string|null}
             */
            counts_as?: "open" | "won" | "lost" | null;
            /**
             * Position
             * @default 0
             */
            position: number | null;
            /** Probability (%) */
            probability?: number | null;
        };
        StatusOptionPage: {
            data: components["schemas"]["StatusOption"][];
            page: components["schemas"]["Page"];
        };
        NewStatusOption: {
            /** List */
            list: string;
            /** Name */
            name: string;
            /** Label */
            label?: string | null;
            /**
             * Counts as
             * @enum {string|null}
             */
            counts_as?: "open" | "won" | "lost" | null;
            /**
             * Position
             * @default 0
             */
            position: number;
            /** Probability (%) */
            probability?: number | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        StatusOptionChange: {
            /** List */
            list?: string;
            /** Name */
            name?: string;
            /** Label */
            label?: string | null;
            /**
             * Counts as
             * @enum {string|null}
             */
            counts_as?: "open" | "won" | "lost" | null;
            /**
             * Position
             * @default 0
             */
            position: number;
            /** Probability (%) */
            probability?: number | null;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description Fields of your own, added to any kind of record. Filterable ones work in lists like the built-in fields. */
        CustomField: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /**
             * Kind
             * @enum {string|null}
             */
            kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views" | null;
            /** Name */
            name?: string | null;
            /** Label */
            label?: string | null;
            /**
             * Type
             * @default text
             * @enum {string|null}
             */
            type: "text" | "long_text" | "int" | "real" | "bool" | "date" | "time" | "email" | "url" | null;
            /** Choices */
            options?: unknown[] | Record<string, never> | null;
            /**
             * Required
             * @default false
             */
            required: boolean | null;
            /**
             * Filterable
             * @default false
             */
            filterable: boolean | null;
            /**
             * Visible to clients
             * @default false
             */
            client_visible: boolean | null;
        };
        CustomFieldPage: {
            data: components["schemas"]["CustomField"][];
            page: components["schemas"]["Page"];
        };
        NewCustomField: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            /** Name */
            name: string;
            /** Label */
            label: string;
            /**
             * Type
             * @default text
             * @enum {string}
             */
            type: "text" | "long_text" | "int" | "real" | "bool" | "date" | "time" | "email" | "url";
            /** Choices */
            options?: unknown[] | Record<string, never> | null;
            /**
             * Required
             * @default false
             */
            required: boolean;
            /**
             * Filterable
             * @default false
             */
            filterable: boolean;
            /**
             * Visible to clients
             * @default false
             */
            client_visible: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        CustomFieldChange: {
            /**
             * Kind
             * @enum {string}
             */
            kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            /** Name */
            name?: string;
            /** Label */
            label?: string;
            /**
             * Type
             * @default text
             * @enum {string}
             */
            type: "text" | "long_text" | "int" | "real" | "bool" | "date" | "time" | "email" | "url";
            /** Choices */
            options?: unknown[] | Record<string, never> | null;
            /**
             * Required
             * @default false
             */
            required: boolean;
            /**
             * Filterable
             * @default false
             */
            filterable: boolean;
            /**
             * Visible to clients
             * @default false
             */
            client_visible: boolean;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        /** @description Lists that somebody set up to come back to: their filters, columns and order. A shared one is there for all who may see its kind. */
        View: {
            /** Format: uuid */
            id?: string;
            version?: number;
            external_id?: string | null;
            custom?: Record<string, never>;
            /** Format: date-time */
            created_at?: string;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            updated_at?: string;
            /** Format: date-time */
            deleted_at?: string | null;
            /** Name */
            name?: string | null;
            /**
             * Kind
             * @enum {string|null}
             */
            kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views" | null;
            /** Query */
            query?: string | null;
            /** Display */
            display?: unknown[] | Record<string, never> | null;
            /**
             * Shared
             * @default false
             */
            shared: boolean | null;
            /**
             * Position
             * @default 0
             */
            position: number | null;
        };
        ViewPage: {
            data: components["schemas"]["View"][];
            page: components["schemas"]["Page"];
        };
        NewView: {
            /** Name */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            /** Query */
            query?: string | null;
            /** Display */
            display?: unknown[] | Record<string, never> | null;
            /**
             * Shared
             * @default false
             */
            shared: boolean;
            /**
             * Position
             * @default 0
             */
            position: number;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        ViewChange: {
            /** Name */
            name?: string;
            /**
             * Kind
             * @enum {string}
             */
            kind?: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            /** Query */
            query?: string | null;
            /** Display */
            display?: unknown[] | Record<string, never> | null;
            /**
             * Shared
             * @default false
             */
            shared: boolean;
            /**
             * Position
             * @default 0
             */
            position: number;
            external_id?: string | null;
            /** @description The tenant's own fields. */
            custom?: Record<string, never>;
        };
        LockToken: {
            /** Token */
            token: number;
        };
        Recent: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "companies" | "sites" | "contacts" | "deals" | "equipment" | "work-orders" | "tasks" | "certificates" | "time-logs" | "part-logs" | "notes" | "attachments" | "stock-items" | "contractors" | "services" | "products" | "categories" | "suppliers" | "workspaces" | "users" | "roles" | "status-options" | "custom-fields" | "views";
            /**
             * Record
             * Format: uuid
             * @description The id of a record of the kind in `kind`.
             */
            id: string;
        };
        NewChore: {
            /** What */
            kind: string;
        };
        NewPortalSource: {
            /** Name */
            name: string;
            /** Address */
            base_url: string;
            /** Token */
            token?: string | null;
            /** On */
            enabled?: boolean | null;
        };
        PortalSourceChange: {
            /** Name */
            name?: string | null;
            /** Address */
            base_url?: string | null;
            /** Token */
            token?: string | null;
            /** On */
            enabled?: boolean | null;
        };
        PortalBinding: {
            /** Token */
            token?: string | null;
            /** Source */
            source_id?: string | null;
            /** Number at the service */
            upstream_id?: number | null;
        };
        Login: {
            /** E-mail */
            email: string;
            /** Password */
            password: string;
            /** Tenant */
            tenant?: string | null;
        };
        NewPassword: {
            /** Present password */
            present: string;
            /** New password */
            password: string;
        };
        Accept: {
            /** Link */
            token: string;
            /** Password */
            password: string;
        };
        Setup: {
            /** Link */
            token: string;
            /** Business */
            tenant_name: string;
            /** Your name */
            name: string;
            /**
             * E-mail
             * Format: email
             */
            email: string;
            /** Password */
            password: string;
            /** Time zone */
            zone?: string | null;
            /** Currency */
            currency?: string | null;
        };
        TenantChange: {
            /** Name */
            name?: string | null;
            /** Time zone */
            zone?: string | null;
            /** Currency */
            currency?: string | null;
            /** Days ahead */
            due_ahead_days?: number | null;
        };
        NewWebhook: {
            /** Name */
            name: string;
            /**
             * What is at the other end
             * @enum {string}
             */
            sort: "slack" | "standard";
            /** Address */
            url: string;
            /** What it is told of */
            events: unknown[] | Record<string, never>;
            /** Switched on */
            enabled?: boolean | null;
        };
        WebhookChange: {
            /** Name */
            name?: string | null;
            /** Address */
            url?: string | null;
            /** What it is told of */
            events?: unknown[] | Record<string, never> | null;
            /** Switched on */
            enabled?: boolean | null;
        };
        NewTenant: {
            /** Name */
            name: string;
            /** Slug */
            slug?: string | null;
            /** Time zone */
            zone?: string | null;
            /** Currency */
            currency?: string | null;
        };
        NewOperator: {
            /** Tenant */
            tenant_name: string;
            /** Name */
            name: string;
            /**
             * E-mail
             * Format: email
             */
            email: string;
            /** Password */
            password: string;
        };
        PasswordReset: {
            /**
             * E-mail
             * Format: email
             */
            email: string;
            /** Password */
            password: string;
        };
        CachePattern: {
            /** Name or pattern */
            pattern: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
