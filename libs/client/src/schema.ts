/* eslint-disable -- written by "npm run openapi" from openapi.json with openapi-typescript */

export interface paths {
    "/api/v3/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description Open to everybody.
         */
        post: operations["accountsRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Login
         * @description Open to everybody.
         */
        post: operations["accountsLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/auth/email/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify email
         * @description Open to everybody.
         */
        post: operations["accountsVerifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/auth/email/resend-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend verification code
         * @description Open to everybody.
         */
        post: operations["accountsResendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logout
         * @description Needs a valid token.
         */
        post: operations["accountsLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the token
         * @description Needs a valid token.
         */
        post: operations["accountsRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset password
         * @description Open to everybody.
         */
        post: operations["accountsResetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/auth/password/reset/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend verification code
         * @description Open to everybody.
         */
        post: operations["accountsResendReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/auth/password/reset/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify reset password
         * @description Open to everybody.
         */
        post: operations["accountsVerifyReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * User data
         * @description Needs a valid token.
         */
        get: operations["usersMe"];
        /**
         * Update own data
         * @description Needs a valid token.
         */
        put: operations["usersUpdate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change own password
         * @description Needs a valid token.
         */
        post: operations["usersChangePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * User permissions
         * @description Needs a valid token.
         */
        get: operations["usersPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * User roles
         * @description Needs a valid token.
         */
        get: operations["usersRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Subscribe
         * @description Needs the permission `account.update`.
         */
        get: operations["usersSubscribe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Unsubscribe
         * @description Needs the permission `account.update`.
         */
        get: operations["usersUnsubscribe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description Needs the permission `members.view`.
         */
        get: operations["membersAll"];
        put?: never;
        /**
         * Invite a member
         * @description Needs the permission `members.create`.
         */
        post: operations["membersInvite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a member
         * @description Needs the permission `members.delete`.
         */
        delete: operations["membersRemove"];
        options?: never;
        head?: never;
        /**
         * Change a member's role
         * @description Needs the permission `members.update`.
         */
        patch: operations["membersChange"];
        trace?: never;
    };
    "/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Needs the permission `api-keys.view`.
         */
        get: operations["apiKeysAll"];
        put?: never;
        /**
         * Create an API key
         * @description Needs the permission `api-keys.create`.
         */
        post: operations["apiKeysCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Needs the permission `api-keys.delete`.
         */
        delete: operations["apiKeysRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get countries
         * @description Needs a valid token.
         */
        get: operations["countriesAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/countries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get country
         * @description Needs a valid token.
         */
        get: operations["countriesOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/{type}/datatable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Categories list (datatable)
         * @description Needs the permission `categories.view`.
         */
        get: operations["categoriesTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Categories list; with digits, details of a specific category
         * @description Needs the permission `categories.view`.
         */
        get: operations["categoriesAllOrOne"];
        /**
         * Update an existing category
         * @description Needs the permission `categories.update`.
         */
        put: operations["categoriesReplace"];
        post?: never;
        /**
         * Delete a category
         * @description Needs the permission `categories.delete`.
         */
        delete: operations["categoriesRemove"];
        options?: never;
        head?: never;
        /**
         * Update an existing category
         * @description Needs the permission `categories.update`.
         */
        patch: operations["categoriesChange"];
        trace?: never;
    };
    "/api/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a new category
         * @description Needs the permission `categories.create`.
         */
        post: operations["categoriesCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List power centers
         * @description Needs the permission `power-centers.view`.
         */
        get: operations["chargePointsAll"];
        put?: never;
        /**
         * Create a power center
         * @description Needs the permission `power-centers.create`.
         */
        post: operations["chargePointsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-points/datatable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List power centers (datatable)
         * @description Needs the permission `power-centers.view`.
         */
        get: operations["chargePointsTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-points/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a power center by ID
         * @description Needs the permission `power-centers.view`.
         */
        get: operations["chargePointsOne"];
        /**
         * Update a power center
         * @description Needs the permission `power-centers.update`.
         */
        put: operations["chargePointsReplace"];
        post?: never;
        /**
         * Delete a power center
         * @description Needs the permission `power-centers.delete`.
         */
        delete: operations["chargePointsRemove"];
        options?: never;
        head?: never;
        /**
         * Update a power center
         * @description Needs the permission `power-centers.update`.
         */
        patch: operations["chargePointsChange"];
        trace?: never;
    };
    "/api/charge-point-groups/datatable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Groups list. (datatable)
         * @description Needs the permission `groups.view`.
         */
        get: operations["groupsTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-point-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Groups list
         * @description Needs the permission `groups.view`.
         */
        get: operations["groupsAll"];
        put?: never;
        /**
         * Create a new group
         * @description Needs the permission `groups.create`.
         */
        post: operations["groupsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-point-groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get details of a specific group
         * @description Needs the permission `groups.view`.
         */
        get: operations["groupsOne"];
        /**
         * Update an existing group
         * @description Needs the permission `groups.update`.
         */
        put: operations["groupsReplace"];
        post?: never;
        /**
         * Delete a group
         * @description Needs the permission `groups.delete`.
         */
        delete: operations["groupsRemove"];
        options?: never;
        head?: never;
        /**
         * Update an existing group
         * @description Needs the permission `groups.update`.
         */
        patch: operations["groupsChange"];
        trace?: never;
    };
    "/api/charge-points/{charge_point_id}/charge-point-prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a list of range prices for a given power center
         * @description Needs the permission `prices.view`.
         */
        get: operations["rangePricesAll"];
        put?: never;
        /**
         * Store a new range price for a power center
         * @description Needs the permission `prices.create`.
         */
        post: operations["rangePricesCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-point-prices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a specific range price
         * @description Needs the permission `prices.view`.
         */
        get: operations["rangePricesOne"];
        /**
         * Update an existing range price
         * @description Needs the permission `prices.update`.
         */
        put: operations["rangePricesReplace"];
        post?: never;
        /**
         * Delete a range price
         * @description Needs the permission `prices.delete`.
         */
        delete: operations["rangePricesRemove"];
        options?: never;
        head?: never;
        /**
         * Update an existing range price
         * @description Needs the permission `prices.update`.
         */
        patch: operations["rangePricesChange"];
        trace?: never;
    };
    "/api/charging-sites/datatable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sites list (datatable)
         * @description Needs the permission `sites.view`.
         */
        get: operations["sitesTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charging-sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sites list
         * @description Needs the permission `sites.view`.
         */
        get: operations["sitesAll"];
        put?: never;
        /**
         * Create a new site
         * @description Needs the permission `sites.create`.
         */
        post: operations["sitesCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charging-sites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get details of a specific site
         * @description Needs the permission `sites.view`.
         */
        get: operations["sitesOne"];
        /**
         * Update an existing site
         * @description Needs the permission `sites.update`.
         */
        put: operations["sitesReplace"];
        post?: never;
        /**
         * Delete a site
         * @description Needs the permission `sites.delete`.
         */
        delete: operations["sitesRemove"];
        options?: never;
        head?: never;
        /**
         * Update an existing site
         * @description Needs the permission `sites.update`.
         */
        patch: operations["sitesChange"];
        trace?: never;
    };
    "/api/charge-points/geojson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get all power centers as GeoJSON
         * @description Needs the permission `power-centers.view`.
         */
        get: operations["mapsAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-points/{id}/geojson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get single power center as GeoJSON
         * @description Needs the permission `power-centers.view`.
         */
        get: operations["mapsOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * User insights
         * @description Needs the permission `stats.view`.
         */
        get: operations["statsAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-points/sustainability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Power center green trace
         * @description Needs the permission `stats.view`.
         */
        get: operations["statsSustainability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-points/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get power center statistics
         * @description Needs the permission `stats.view`.
         */
        get: operations["statsOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get charge point orders
         * @description Needs the permission `orders.view`.
         */
        get: operations["ordersTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/charge-point/{chargePointID}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get orders by charge point ID
         * @description Needs the permission `orders.view`.
         */
        get: operations["ordersOfChargePoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderID}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a specific order
         * @description Needs the permission `orders.view`.
         */
        get: operations["ordersOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-points/{id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get power center orders
         * @description Needs the permission `orders.view`.
         */
        get: operations["chargePointOrdersOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get feedback
         * @description Needs the permission `feedback.view`.
         */
        get: operations["feedbackTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/feedback/{feedbackID}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a specific feedback entry
         * @description Needs the permission `feedback.view`.
         */
        get: operations["feedbackOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/feedback/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export feedback as Excel file
         * @description Needs the permission `feedback.export`.
         */
        get: operations["exportsFeedback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export orders as Excel file
         * @description Needs the permission `orders.export`.
         */
        get: operations["exportsOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/charge-points/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export power centers as Excel file
         * @description Needs the permission `power-centers.export`.
         */
        get: operations["exportsPowerCenters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{exportId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an export
         * @description Needs a valid token.
         */
        get: operations["exportsOne"];
        put?: never;
        post?: never;
        /**
         * Cancel an export
         * @description Needs a valid token.
         */
        delete: operations["exportsCancel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{exportId}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an export's file
         * @description Needs a valid token.
         */
        get: operations["exportsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workers/datatable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Workers list. (datatable)
         * @description Needs the permission `workers.view`.
         */
        get: operations["workersTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workers/{worker_id}/reset-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reset a worker's balance
         * @description Needs the permission `workers.update`.
         */
        get: operations["workersResetByGet"];
        put?: never;
        /**
         * Reset a worker's balance
         * @description Needs the permission `workers.update`.
         */
        post: operations["workersReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Workers list
         * @description Needs the permission `workers.view`.
         */
        get: operations["workersAll"];
        put?: never;
        /**
         * Create a new worker
         * @description Needs the permission `workers.create`.
         */
        post: operations["workersCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get details of a specific worker
         * @description Needs the permission `workers.view`.
         */
        get: operations["workersOne"];
        /**
         * Update an existing worker
         * @description Needs the permission `workers.update`.
         */
        put: operations["workersReplace"];
        post?: never;
        /**
         * Delete a worker
         * @description Needs the permission `workers.delete`.
         */
        delete: operations["workersRemove"];
        options?: never;
        head?: never;
        /**
         * Update an existing worker
         * @description Needs the permission `workers.update`.
         */
        patch: operations["workersChange"];
        trace?: never;
    };
    "/api/user/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Balance
         * @description Needs the permission `balance.view`.
         */
        get: operations["ownMoneyBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/payout-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payout methods
         * @description Needs the permission `payout-methods.view`.
         */
        get: operations["ownMoneyPayoutMethods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payout-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get user's payout methods
         * @description Needs the permission `payout-methods.view`.
         */
        get: operations["payoutMethodsMine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payout-methods/available": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get available payout methods
         * @description Needs the permission `payout-methods.view`.
         */
        get: operations["payoutMethodsAvailable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payout-methods/add/{payoutMethod_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a payout method
         * @description Needs the permission `payout-methods.create`.
         */
        post: operations["payoutMethodsAdd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payout-methods/update/{payoutMethod_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Update an existing payout method
         * @description Needs the permission `payout-methods.update`.
         */
        post: operations["payoutMethodsUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payout-methods/delete/{payoutMethod_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a payout method
         * @description Needs the permission `payout-methods.delete`.
         */
        delete: operations["payoutMethodsRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the list of the payouts
         * @description Needs the permission `payouts.view`.
         */
        get: operations["payoutsTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payouts/request-payout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a payout
         * @description Needs the permission `payouts.create`.
         */
        post: operations["payoutsRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Verification: {
            /**
             * @example 1
             * @enum {number}
             */
            require_verification: 1;
            /**
             * Format: uuid
             * @example 27ee3f39-8768-4bc3-a6ae-440d87660b02
             */
            verification_token: string;
            /** @example 60 */
            can_resend_in_seconds: number;
            /** @example 3 */
            available_attempts: number;
            /** @example o***r@demo.test */
            sent_to: string;
        };
        AuthUser: {
            /** @example 135231 */
            id: number;
            /** @example 1 */
            status: number;
            /** @example C */
            customer_type: string;
            /** @example Amina */
            first_name: string;
            /** @example Haddad */
            last_name: string;
            /** @example Amina Haddad */
            full_name: string;
            /** @example 966977977974 */
            contact_number: string;
            /** @example owner@demo.test */
            email: string;
            /**
             * @example 1
             * @enum {number}
             */
            email_verified: 0 | 1;
            /** @example 0.00 */
            balance: string;
            /** @description JWT, ES256 */
            access_token: string;
            /** @example false */
            isSubscribed: boolean;
            subscriptionFeatures: string[];
            /** Format: date */
            subscriptionEnds: string | null;
            /** @example 195 */
            country_id: number;
            /** @example DZD */
            currency: string;
            vat_id: string | null;
        };
        FreshToken: {
            access_token: string;
            /** @example 2592000 */
            expires_in: number;
        };
        Country: {
            /** @example 1 */
            id: number;
            /** @example Jordan */
            name: string;
            /** @example JO */
            iso: string;
            /** @example Asia/Amman */
            time_zone: string;
            /** @example 31.95 */
            latitude: string;
            /** @example 35.93333 */
            longitude: string;
            /** @example 962 */
            phone_code: string;
            /** @example 96265860087 */
            contact_number: string;
            /** @example support.jo@open-cpo.example */
            email: string;
            /** @example JD */
            currency: string;
            /** @example JOD */
            currency_iso: string | null;
        };
        City: {
            id: number;
            name: string;
            country_id: number;
        };
        UserLocation: {
            country: components["schemas"]["Country"];
            city: components["schemas"]["City"] | null;
            latitude: string | null;
            longitude: string | null;
            address: string | null;
        };
        OwnUser: {
            /** @example 135231 */
            id: number;
            /** @example 1 */
            status: number;
            /** @example C */
            customer_type: string;
            /** @example Amina */
            first_name: string;
            /** @example Haddad */
            last_name: string;
            /** @example Amina Haddad */
            full_name: string;
            /** @example 966977977974 */
            contact_number: string;
            /** @example owner@demo.test */
            email: string;
            /**
             * @example 1
             * @enum {number}
             */
            email_verified: 0 | 1;
            /** @example 0.00 */
            balance: string;
            /** @example false */
            isSubscribed: boolean;
            subscriptionFeatures: string[];
            /** Format: date */
            subscriptionEnds: string | null;
            /** @example 195 */
            country_id: number;
            /** @example DZD */
            currency: string;
            vat_id: string | null;
            /**
             * @example 1
             * @enum {number}
             */
            user_type: 1 | 2;
            /** @example DZD */
            currency_iso: string | null;
            /** @example 195 */
            currency_country_id: number | null;
            location: components["schemas"]["UserLocation"] | null;
        };
        Subscription: {
            isSubscribed: boolean;
            subscriptionFeatures: string[];
            /** Format: date */
            subscriptionEnds: string | null;
        };
        Member: {
            /** @example 12 */
            id: number;
            /** @example Salma Haddad */
            name: string;
            /** @example salma@example.com */
            email: string;
            /**
             * @example manager
             * @enum {string}
             */
            role: "owner" | "admin" | "manager" | "viewer";
            /**
             * @example active
             * @enum {string}
             */
            status: "invited" | "active";
            /** @example 2025-05-12T09:02:00.000000Z */
            created_at: string;
        };
        ApiKey: {
            /** @example 7 */
            id: number;
            /** @example Accounting */
            name: string;
            /** @example 2025-05-12T09:02:00.000000Z */
            last_used_at: string | null;
            /** @example 2025-05-01T08:00:00.000000Z */
            created_at: string;
        };
        NewApiKey: {
            /** @example 7 */
            id: number;
            /** @example Accounting */
            name: string;
            /** @example 2025-05-12T09:02:00.000000Z */
            last_used_at: string | null;
            /** @example 2025-05-01T08:00:00.000000Z */
            created_at: string;
            /** @example 7|Zk3v0pQ1dX8sJmW5tYbN2rLcE7gHfAuKi4oPz9Dq */
            key: string;
        };
        CountryDetail: {
            /** @example 1 */
            id: number;
            /** @example Jordan */
            name: string;
            /** @example JO */
            iso: string;
            /** @example Asia/Amman */
            time_zone: string;
            /** @example 31.95 */
            latitude: string;
            /** @example 35.93333 */
            longitude: string;
            /** @example 962 */
            phone_code: string;
            /** @example 96265860087 */
            contact_number: string;
            /** @example support.jo@open-cpo.example */
            email: string;
            /** @example JD */
            currency: string;
            /** @example JOD */
            currency_iso: string | null;
            /** @example http://localhost:3000/flags/JO.png */
            flag_url: string;
        };
        Category: {
            /** @example 58 */
            id: number;
            /** @example charging-site */
            type: string;
            /** @example Electronics */
            name: string;
            /** @example #D2B48C */
            color: string;
        };
        ChargePointListRow: {
            /** @example 24 */
            id: number;
            /** @example test open source API */
            title: string;
            /** @example PS_67DF25E57A981 */
            identifier: string;
            /**
             * @example unavailable
             * @enum {string}
             */
            status: "available" | "busy" | "booked" | "unavailable";
            /** @example 0.00 */
            earning: string;
            /** @example 0.00 */
            rating: string;
            /**
             * @example 0
             * @enum {number}
             */
            listed: 0 | 1;
        };
        ChargePointRow: {
            /** @example 24 */
            id: number;
            /** @example test open source API */
            title: string;
            /** @example PS_67DF25E57A981 */
            identifier: string;
            /**
             * @example unavailable
             * @enum {string}
             */
            status: "available" | "busy" | "booked" | "unavailable";
            /** @example 0.00 */
            earning: string;
            /** @example 0.00 */
            rating: string;
            /** @example false */
            listed: boolean;
        };
        ChargerTypeView: {
            /** @example 2 */
            id: number;
            /** @example AC wall box */
            name: string;
            img: string;
            /** @enum {string} */
            current_type: "AC" | "DC";
            /** @example 11 */
            max_power: number;
        };
        AddressView: {
            /** @example Tassala */
            address_line_1: string | null;
            address_line_2: string | null;
            address_line_3: string | null;
            zipcode: string | null;
            city: string | null;
            state: string | null;
        };
        ConnectorView: {
            /** @example 3 */
            id: number;
            /** @example Type 1 - J1772 */
            name: string;
            /** @example https://storage.powerly.app/connectors/Type 1.png */
            icon: string;
            /** @example  */
            type: string;
            /** @example 0 */
            max_power: number;
            /**
             * @example unavailable
             * @enum {string}
             */
            status: "available" | "busy" | "booked" | "unavailable";
            /** @example 1 */
            number: number | null;
        };
        AmenityView: {
            /** @example 1 */
            id: number;
            /** @example Wi-Fi */
            name: string;
            icon: string | null;
            description: string | null;
        };
        ChargePointFull: {
            /** @example 24 */
            id: number;
            /** @example PS_67DF25E57A981 */
            identifier: string;
            /**
             * @example EV_CHARGER
             * @enum {string}
             */
            category: "EV_CHARGER" | "SMART_PLUG" | "SMART_METER";
            /** @example test open source API */
            title: string;
            description: string | null;
            /** @example 36.64575836483359 */
            latitude: string | null;
            /** @example 2.9176092880736184 */
            longitude: string | null;
            /** @example false */
            listed: boolean;
            /** @example null */
            distance: number | null;
            type: components["schemas"]["ChargerTypeView"] | null;
            /**
             * @example unavailable
             * @enum {string}
             */
            status: "available" | "busy" | "booked" | "unavailable";
            /** @example http://localhost:8080/images/charge-point-1.jpeg */
            image: string;
            /**
             * @example null
             * @enum {string|null}
             */
            session_limit_type: "minutes" | "energy" | null;
            /** @example 0 */
            session_limit_value: number;
            /**
             * @example 0
             * @enum {number}
             */
            online_status: 0 | 1;
            /**
             * @example 0
             * @enum {number}
             */
            configured: 0 | 1;
            /** @example 0.00 */
            rating: string;
            /** @example 1 */
            owner_id: number;
            address: components["schemas"]["AddressView"];
            /** @example EV_CHARGER_67DF25E57A988 */
            token: string;
            contact_number: string | null;
            /** @example 08:00:00 */
            open_time: string | null;
            /** @example 22:00:00 */
            close_time: string | null;
            /** @example 0.00 */
            total_earnings: string;
            /** @example 0 */
            total_energy: number;
            /** @example 0 */
            total_sessions_time: number;
            connectors: components["schemas"]["ConnectorView"][];
            amenities: components["schemas"]["AmenityView"][];
            /**
             * @example minutes
             * @enum {string}
             */
            price_unit: "minutes" | "energy";
            /** @example 0 */
            orders_count: number;
            /** @example 0.00 */
            price: string;
            /** @example 0 */
            price_usd: number;
            /** @example false */
            is_external: boolean;
            /** @example false */
            is_in_use: boolean;
            /** @example false */
            is_reserved: boolean;
            /** @example false */
            available: boolean;
            /** @example null */
            next_reservation_near_now: string | null;
            /** @example null */
            external_details: Record<string, never> | null;
            /** @example 68.10 */
            reservation_fee: string;
            /** @example false */
            booked_by_current_user: boolean;
            /** @example false */
            used_by_current_user: boolean;
            /** @example 0.00 */
            earning: string;
        };
        ChargePointModel: {
            /**
             * @example minutes
             * @enum {string}
             */
            price_unit: "minutes" | "energy";
            /** @example 1 */
            user_id: number;
            /** @example veniam */
            title: string;
            /** @example facilis */
            identifier: string;
            /** @example EV_CHARGER_68220FE7D87CD */
            token: string;
            /**
             * @example EV_CHARGER
             * @enum {string}
             */
            category: "EV_CHARGER" | "SMART_PLUG" | "SMART_METER";
            /** @example ut */
            address_line_1?: string | null;
            /** @example est */
            address_line_2?: string | null;
            /** @example amet */
            address_line_3?: string | null;
            /** @example rerum */
            zipcode?: string | null;
            /** @example facere */
            city?: string | null;
            /** @example id */
            state?: string | null;
            /** @example 49.28628 */
            latitude?: number | null;
            /** @example 144776 */
            longitude?: number | null;
            /** @example 2025-05-12T15:12:39.000000Z */
            updated_at: string;
            /** @example 2025-05-12T15:12:39.000000Z */
            created_at: string;
            /** @example 25 */
            id: number;
        };
        Group: {
            /** @example 426 */
            id: number;
            /** @example Airport */
            name: string;
            /** @example Airport Parking Ltd */
            companyName: string | null;
            /** @example LC-2025-17 */
            licenseCode: string | null;
            /** @example 1 */
            chargePointsNumber: number;
            /**
             * @example [
             *       24
             *     ]
             */
            chargePointsIds: number[];
            power_centers?: components["schemas"]["ChargePointRow"][];
        };
        RangePrice: {
            /** @example 2 */
            id: number;
            /** @example 649310.24 */
            price: string;
            /** @example 20:00 */
            startingTime: string;
            /** @example 23:59 */
            endingTime: string;
        };
        SiteCountry: {
            /** @example 195 */
            id: number;
            /** @example Algeria */
            name: string;
        };
        SiteAddress: {
            /** @example 37 */
            id: number;
            /** @example 36.7538 */
            latitude: string;
            /** @example 3.0588 */
            longitude: string;
            country: components["schemas"]["SiteCountry"];
            /** @example Algiers */
            state: string;
            /** @example Algiers */
            city: string;
            /** @example 16049 */
            zipcode: string | null;
            /** @example 1 Rue Didouche Mourad */
            address_line_1: string;
            address_line_2: string | null;
            address_line_3: string | null;
        };
        Site: {
            /** @example 164 */
            id: number;
            /** @example 58 */
            categoryId: number | null;
            /** @example Site 11 */
            name: string;
            /** @example true */
            status: boolean;
            /** @example true */
            active: boolean;
            /**
             * Format: date
             * @example 2025-05-12
             */
            startDate: string | null;
            /**
             * Format: date
             * @example 2026-05-12
             */
            endDate: string | null;
            /** @example CS-11 */
            integrationCode: string | null;
            /**
             * @example [
             *       20,
             *       21
             *     ]
             */
            chargePointIds: number[];
            address: components["schemas"]["SiteAddress"] | null;
            power_centers: components["schemas"]["ChargePointRow"][];
        };
        MapProperties: {
            /** @example 24 */
            id: number;
            /** @example PS_67DF25E57A981 */
            identifier: string;
            /**
             * @example EV_CHARGER
             * @enum {string}
             */
            category: "EV_CHARGER" | "SMART_PLUG" | "SMART_METER";
            /**
             * @example minutes
             * @enum {string}
             */
            price_unit: "minutes" | "energy";
            /** @example test open source API */
            title: string;
            description: string | null;
            /** @example 36.64575836483359 */
            latitude: string | null;
            /** @example 2.9176092880736184 */
            longitude: string | null;
            /** @example Tassala */
            address_line_1: string | null;
            address_line_2: string | null;
            address_line_3: string | null;
            zipcode: string | null;
            city: string | null;
            state: string | null;
            /**
             * @example unavailable
             * @enum {string}
             */
            status: "available" | "busy" | "booked" | "unavailable";
            /** @example http://localhost:8080/images/charge-point-1.jpeg */
            image: string;
            contact_number: string | null;
            /** @example 08:00:00 */
            open_time: string | null;
            /** @example 22:00:00 */
            close_time: string | null;
            /** @example 1 */
            user_id: number;
            /** @example null */
            price: string | null;
            /** @example null */
            deleted_at: string | null;
            /**
             * @example 0
             * @enum {number}
             */
            listed: 0 | 1;
            /** @example EV_CHARGER_67DF25E57A988 */
            token: string;
            /**
             * @example null
             * @enum {string|null}
             */
            session_limit_type: "minutes" | "energy" | null;
            /** @example 0 */
            session_limit_value: number;
            /** @example 2025-03-22T21:04:37.000000Z */
            created_at: string;
            /** @example 2025-03-27T10:13:18.000000Z */
            updated_at: string;
            /** @example null */
            external_details_id: number | null;
            /**
             * @example 0
             * @enum {number}
             */
            identifier_update: 0 | 1;
            /** @example 0 */
            start_energy_value: number;
            /**
             * @example 0
             * @enum {number}
             */
            configured: 0 | 1;
            /**
             * @example 0
             * @enum {number}
             */
            connected: 0 | 1;
            /**
             * @example 0
             * @enum {number}
             */
            busy: 0 | 1;
            /**
             * @example 0
             * @enum {number}
             */
            reserved: 0 | 1;
            /** @example null */
            charge_point_type_id: number | null;
            /** @example null */
            charging_site_id: number | null;
            /** @example [] */
            media: Record<string, never>[];
            /**
             * @example pin-cp-out-of-service
             * @enum {string}
             */
            "icon-image": "pin-cp-out-of-service" | "pin-cp-available" | "pin-cp-busy" | "pin-cp-booked";
            /**
             * @example PS_67DF25E57A981
             *     $0.00
             */
            marker_title: string;
            /** @example 0.00 */
            earning: string;
        };
        MapPoint: {
            /** @enum {string} */
            type: "Point";
            /**
             * @example [
             *       "2.9176092880736184",
             *       "36.64575836483359"
             *     ]
             */
            coordinates: (string | number)[];
        };
        MapFeature: {
            /** @enum {string} */
            type: "Feature";
            properties: components["schemas"]["MapProperties"];
            geometry: components["schemas"]["MapPoint"] | null;
        };
        MapFeatures: {
            /** @enum {string} */
            type: "FeatureCollection";
            features: components["schemas"]["MapFeature"][];
        };
        StatsToday: {
            /** @example 0.00 */
            earnings: string;
            /** @example 0.00 */
            chargingTime: string;
            /** @example 0.00 */
            energyConsumed: string;
            /** @example 0 */
            ordersNb: number;
        };
        StatsWindow: {
            /** @example 0.00 */
            earnings: string;
            /** @example 0.00 */
            chargingTime: string;
            /** @example 0.00 */
            energyConsumed: string;
            /** @example 0 */
            ordersNb: number;
            /** @example 05-05-2025 */
            date: string;
        };
        Stats: {
            today: components["schemas"]["StatsToday"];
            thisWeek: components["schemas"]["StatsWindow"];
            thisMonth: components["schemas"]["StatsWindow"];
        };
        OrderSlice: {
            /** @example 1 */
            id: number;
            /** @example 12 */
            quantity: number;
            /** @example 2 */
            price: number;
            /** @example 24 */
            total: number;
            /** @example 08:00 */
            startingTime: string;
            /** @example 08:12 */
            endingTime: string;
        };
        Order: {
            /** @example 171 */
            id: number;
            /** @example 12 */
            charge_point_id: number;
            /** @example 14 */
            charge_point_connector_id: number | null;
            /** @example 51.7700 */
            charging_session_time: string;
            /** @example 1.5600 */
            charging_session_energy: string;
            /**
             * @example minutes
             * @enum {string}
             */
            unit: "minutes" | "energy";
            /** @example 10 */
            requested_quantity: string;
            /**
             * @example 0
             * @enum {number}
             */
            feedback_exist: 0 | 1;
            /**
             * @example 1
             * @enum {number}
             */
            status: 0 | 1 | 2;
            /** @example 2024-09-16 07:33:27 */
            delivery_date: string | null;
            /** @example 1 */
            user_id: number;
            /** @example null */
            fleet_id: number | null;
            /** @example 51.0000 */
            quantity: string;
            /** @example 102.0000 */
            price: string;
            /** @example 1.00 */
            fees: string;
            /** @example 2.00 */
            unit_price: string;
            /** @example 2025-01-08T07:33:27.000000Z */
            created_at: string;
            /** @example 2025-03-04T13:27:56.000000Z */
            updated_at: string;
            /** @example 1 */
            connector_number: number | null;
            charge_point: components["schemas"]["ChargePointFull"];
            /** @example 2024-09-16 07:33 */
            insert_date: string;
            prices: components["schemas"]["OrderSlice"][];
            /** @example -953.47 */
            app_fees: string;
            /** @example 27.0000 */
            elapsed_time: string;
            /** @example 953.47 */
            earning: string;
        };
        ChargePointOrder: {
            /** @example 171 */
            id: number;
            /** @example 12 */
            charge_point_id: number;
            /** @example 14 */
            charge_point_connector_id: number | null;
            /** @example 51.7700 */
            charging_session_time: string;
            /** @example 1.5600 */
            charging_session_energy: string;
            /**
             * @example minutes
             * @enum {string}
             */
            unit: "minutes" | "energy";
            /** @example 10 */
            requested_quantity: string;
            /**
             * @example 0
             * @enum {number}
             */
            feedback_exist: 0 | 1;
            /**
             * @example 1
             * @enum {number}
             */
            status: 0 | 1 | 2;
            /** @example 2024-09-16 07:33:27 */
            delivery_date: string | null;
            /** @example 1 */
            user_id: number;
            /** @example null */
            fleet_id: number | null;
            /** @example 51.0000 */
            quantity: string;
            /** @example 102.0000 */
            price: string;
            /** @example 1.00 */
            fees: string;
            /** @example 2.00 */
            unit_price: string;
            /** @example 2025-01-08T07:33:27.000000Z */
            created_at: string;
            /** @example 2025-03-04T13:27:56.000000Z */
            updated_at: string;
            /** @example 1 */
            connector_number: number | null;
            charge_point: components["schemas"]["ChargePointFull"];
            /** @example 2024-09-16 07:33 */
            insert_date: string;
            prices: components["schemas"]["OrderSlice"][];
            /** @example -953.47 */
            app_fees: string;
            /** @example 27.0000 */
            elapsed_time: string;
            /** @example 7 */
            earning: number;
        };
        OrderRaw: {
            /** @example 171 */
            id: number;
            /** @example 12 */
            charge_point_id: number;
            /** @example 14 */
            charge_point_connector_id: number | null;
            /** @example 51.7700 */
            charging_session_time: string;
            /** @example 1.5600 */
            charging_session_energy: string;
            /**
             * @example minutes
             * @enum {string}
             */
            unit: "minutes" | "energy";
            /** @example 10 */
            requested_quantity: string;
            /**
             * @example 0
             * @enum {number}
             */
            feedback_exist: 0 | 1;
            /**
             * @example 1
             * @enum {number}
             */
            status: 0 | 1 | 2;
            /** @example 2024-09-16 07:33:27 */
            delivery_date: string | null;
            /** @example 1 */
            user_id: number;
            /** @example null */
            fleet_id: number | null;
            /** @example 51.0000 */
            quantity: string;
            /** @example 102.0000 */
            price: string;
            /** @example 1.00 */
            fees: string;
            /** @example 15.3 */
            earning: number;
            /** @example 2.00 */
            unit_price: string;
            /** @example 2025-01-08T07:33:27.000000Z */
            created_at: string;
            /** @example 2025-03-04T13:27:56.000000Z */
            updated_at: string;
            /** @example 1 */
            connector_number: number | null;
        };
        Feedback: {
            /** @example 139 */
            id: number;
            /** @example 171 */
            charge_point_order_id: number;
            /** @example 1 */
            user_id: number;
            /** @example null */
            order_id: number | null;
            /** @example slow charging */
            feedback_msg: string;
            /** @example 3.90 */
            rating: string;
            /** @example 2024-07-17T10:17:20.000000Z */
            insert_date: string;
            /** @example 2024-07-22T07:17:30.000000Z */
            updated_at: string;
            /**
             * @example 1
             * @enum {number}
             */
            verified: 0 | 1;
            charge_point_order: components["schemas"]["OrderRaw"];
            charge_point: components["schemas"]["ChargePointFull"];
        };
        ExportJob: {
            /** @example orders-0b0ab0fe-5a7c-4a8e-9d3d-0d3a3c1c4a11 */
            id: string;
            /**
             * @example orders
             * @enum {string}
             */
            kind: "power-centers" | "orders" | "feedback";
            /**
             * @example running
             * @enum {string}
             */
            status: "waiting" | "running" | "finished" | "failed" | "cancelled";
            /** @example 40 */
            progress: number;
            /** @example 400000 */
            rows: number | null;
            /** @example null */
            url: string | null;
        };
        Worker: {
            /** @example 34 */
            id: number;
            /** @example service */
            first_name: string;
            /** @example test 2 */
            last_name: string;
            /** @example service test 2 */
            name: string;
            /** @example worker@example.com */
            email: string;
            /** @example 123131321123 */
            rfid: string | null;
            /**
             * Format: date
             * @example 2025-03-31
             */
            expire_at: string;
            /** @example 0 */
            cash_on_hands: string | null;
        };
        Wallet: {
            /** @example 1 */
            id: number;
            /** @example Earnings */
            name: string;
            /** @example 341.67 */
            balance: string;
            /** @example DZD */
            currency: string;
            /**
             * @example earnings
             * @enum {string}
             */
            type: "earnings" | "in_transit";
            /** @example false */
            payable: boolean;
            /** @example false */
            rechargeable: boolean;
            /** @example true */
            withdrawable: boolean;
        };
        Balance: {
            /** @example 341.67 */
            balance: string;
            /** @example DZD */
            currency: string;
            /** @example DZD */
            currency_iso: string | null;
            wallets: components["schemas"]["Wallet"][];
        };
        PayoutMethod: {
            /** @example 1 */
            id: number;
            /** @example http://localhost:3000/images/payout-methods/stripe.png */
            logo: string;
            /** @example stripe */
            name: string;
            /** @example Instant withdrawals with Stripe, ensuring secure and seamless transactions. */
            description: string;
            /**
             * @example {
             *       "account_id": "acct_1PnynuR7qdScojsdf56",
             *       "account_status": "Pending"
             *     }
             */
            details: Record<string, never> | null;
            /** @example https://connect.stripe.com/setup/s/acct_1/abc */
            link: string | null;
        };
        Payout: {
            /** @example 15 */
            id: number;
            /** @example 15 */
            payout_id: string;
            /** @example 1 */
            payout_method_id: number;
            /** @example 1 */
            user_id: number;
            /** @example acct_1PnynuR7qdScojsdf56 */
            account_id: string;
            /** @example 341.67 */
            amount: string;
            /**
             * @example paied
             * @enum {string}
             */
            status: "pending" | "paied" | "failed";
            /** @example Transfer tr_1Abc */
            response: string;
            /** @example 2024-08-14T17:16:25.000000Z */
            created_at: string;
            /** @example 2024-08-14T17:16:25.000000Z */
            updated_at: string;
        };
        RefusalA0: {
            /** @enum {integer} */
            success: 0;
            msg: string;
            msg_arabic: string;
        };
        RefusalK: {
            /** @enum {integer} */
            success: 0;
            message: string;
        };
        RefusalP: {
            /** @enum {integer} */
            success: 0;
            error: string;
        };
        RefusalN: {
            error: string;
        };
        RefusalE: {
            /** @enum {integer} */
            success: 0;
            message: string;
            errors: {
                [key: string]: string[];
            };
        };
        RefusalVfail: {
            data: Record<string, never>;
            /** @enum {integer} */
            success: 0;
            message: string;
        };
        RefusalM: {
            [key: string]: string[];
        };
    };
    responses: {
        /** @description `malformed_request`: The body is not valid JSON or form data, nests too deeply, or a header has a form that is not allowed. */
        Refused400: {
            headers: {
                "X-Error-Code"?: "malformed_request";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /** @description `api_key_invalid`: The API-KEY header is malformed, unknown, revoked, or belongs to another account than the token. */
        Refused401: {
            headers: {
                "X-Error-Code"?: "api_key_invalid";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /** @description `idempotency_in_flight`: Repeat the request with the same key after the time in Retry-After. */
        Refused409: {
            headers: {
                "X-Error-Code"?: "idempotency_in_flight";
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /** @description `payload_too_large`: JSON and form bodies are limited to 1 MiB, uploads to 10 MB. */
        Refused413: {
            headers: {
                "X-Error-Code"?: "payload_too_large";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /** @description `unsupported_media_type`: Send application/json or application/x-www-form-urlencoded. */
        Refused415: {
            headers: {
                "X-Error-Code"?: "unsupported_media_type";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /**
         * @description `validation_failed`: The answer names each field and what is wrong with it.
         *
         *     `idempotency_mismatch`: Use a new key for a new request.
         */
        Refused422: {
            headers: {
                "X-Error-Code"?: "validation_failed" | "idempotency_mismatch";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalE"] | components["schemas"]["RefusalK"];
            };
        };
        /** @description `too_many_requests`: Wait for the time in Retry-After. */
        Refused429: {
            headers: {
                "X-Error-Code"?: "too_many_requests";
                /** @description The limits that apply: requests (q) in seconds (w). */
                "RateLimit-Policy"?: string;
                /** @description Requests that are left (r) and seconds until all are (t). */
                RateLimit?: string;
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /** @description `internal`: A fault on our side. The log has it under the answer’s X-Request-Id. */
        Refused500: {
            headers: {
                "X-Error-Code"?: "internal";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /** @description `service_unavailable`: Nothing was changed. Repeat the request after the time in Retry-After. */
        Refused503: {
            headers: {
                "X-Error-Code"?: "service_unavailable";
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /** @description `deadline_exceeded`: A write may have happened: repeat it with the same Idempotency-Key. */
        Refused504: {
            headers: {
                "X-Error-Code"?: "deadline_exceeded";
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /**
         * @description `validation_failed`: The answer names each field and what is wrong with it.
         *
         *     `idempotency_mismatch`: Use a new key for a new request.
         *
         *     `credentials_rejected`: The address is unknown or the password is wrong; which of the two is not told.
         *
         *     `account_locked`: The platform’s operators have locked the account. Its data is kept and comes back when it is unlocked.
         */
        Refused422_2: {
            headers: {
                "X-Error-Code"?: "validation_failed" | "idempotency_mismatch" | "credentials_rejected" | "account_locked";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalE"] | components["schemas"]["RefusalK"];
            };
        };
        /**
         * @description `validation_failed`: The answer names each field and what is wrong with it.
         *
         *     `idempotency_mismatch`: Use a new key for a new request.
         *
         *     `incorrect_code`: The answer tells how many attempts are left.
         *
         *     `verification_expired`: The code is older than ten minutes, was used, or has no attempts left. Register, log in or reset again.
         */
        Refused422_3: {
            headers: {
                "X-Error-Code"?: "validation_failed" | "idempotency_mismatch" | "incorrect_code" | "verification_expired";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalE"] | components["schemas"]["RefusalK"] | components["schemas"]["RefusalVfail"];
            };
        };
        /**
         * @description `validation_failed`: The answer names each field and what is wrong with it.
         *
         *     `idempotency_mismatch`: Use a new key for a new request.
         *
         *     `verification_expired`: The code is older than ten minutes, was used, or has no attempts left. Register, log in or reset again.
         */
        Refused422_4: {
            headers: {
                "X-Error-Code"?: "validation_failed" | "idempotency_mismatch" | "verification_expired";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalE"] | components["schemas"]["RefusalK"];
            };
        };
        /**
         * @description `too_many_requests`: Wait for the time in Retry-After.
         *
         *     `resend_too_early`: The answer tells for how many seconds; each code that is sent doubles the time.
         */
        Refused429_2: {
            headers: {
                "X-Error-Code"?: "too_many_requests" | "resend_too_early";
                /** @description The limits that apply: requests (q) in seconds (w). */
                "RateLimit-Policy"?: string;
                /** @description Requests that are left (r) and seconds until all are (t). */
                RateLimit?: string;
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"] | components["schemas"]["RefusalVfail"];
            };
        };
        /**
         * @description `api_key_invalid`: The API-KEY header is malformed, unknown, revoked, or belongs to another account than the token.
         *
         *     `unauthenticated`: The token is missing, malformed, expired or revoked. Log in again.
         */
        Refused401_2: {
            headers: {
                "X-Error-Code"?: "api_key_invalid" | "unauthenticated";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /** @description `idempotency_mismatch`: Use a new key for a new request. */
        Refused422_5: {
            headers: {
                "X-Error-Code"?: "idempotency_mismatch";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /**
         * @description `api_key_invalid`: The API-KEY header is malformed, unknown, revoked, or belongs to another account than the token.
         *
         *     `unauthenticated`: The token is missing, malformed, expired or revoked. Log in again.
         */
        Refused401_3: {
            headers: {
                "X-Error-Code"?: "api_key_invalid" | "unauthenticated";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"] | components["schemas"]["RefusalA0"];
            };
        };
        /** @description `too_many_requests`: Wait for the time in Retry-After. */
        Refused429_3: {
            headers: {
                "X-Error-Code"?: "too_many_requests";
                /** @description The limits that apply: requests (q) in seconds (w). */
                "RateLimit-Policy"?: string;
                /** @description Requests that are left (r) and seconds until all are (t). */
                RateLimit?: string;
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalA0"];
            };
        };
        /** @description `internal`: A fault on our side. The log has it under the answer’s X-Request-Id. */
        Refused500_2: {
            headers: {
                "X-Error-Code"?: "internal";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalA0"];
            };
        };
        /** @description `service_unavailable`: Nothing was changed. Repeat the request after the time in Retry-After. */
        Refused503_2: {
            headers: {
                "X-Error-Code"?: "service_unavailable";
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalA0"];
            };
        };
        /** @description `deadline_exceeded`: A write may have happened: repeat it with the same Idempotency-Key. */
        Refused504_2: {
            headers: {
                "X-Error-Code"?: "deadline_exceeded";
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalA0"];
            };
        };
        /** @description `malformed_request`: The body is not valid JSON or form data, nests too deeply, or a header has a form that is not allowed. */
        Refused400_2: {
            headers: {
                "X-Error-Code"?: "malformed_request";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalA0"];
            };
        };
        /** @description `forbidden`: The role does not include the permission of this operation, or the thing belongs to another account. */
        Refused403: {
            headers: {
                "X-Error-Code"?: "forbidden";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalP"];
            };
        };
        /** @description `idempotency_in_flight`: Repeat the request with the same key after the time in Retry-After. */
        Refused409_2: {
            headers: {
                "X-Error-Code"?: "idempotency_in_flight";
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalA0"];
            };
        };
        /** @description `payload_too_large`: JSON and form bodies are limited to 1 MiB, uploads to 10 MB. */
        Refused413_2: {
            headers: {
                "X-Error-Code"?: "payload_too_large";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalA0"];
            };
        };
        /** @description `unsupported_media_type`: Send application/json or application/x-www-form-urlencoded. */
        Refused415_2: {
            headers: {
                "X-Error-Code"?: "unsupported_media_type";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalA0"];
            };
        };
        /**
         * @description `validation_failed`: The answer names each field and what is wrong with it.
         *
         *     `idempotency_mismatch`: Use a new key for a new request.
         */
        Refused422_6: {
            headers: {
                "X-Error-Code"?: "validation_failed" | "idempotency_mismatch";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalE"] | components["schemas"]["RefusalA0"];
            };
        };
        /** @description `not_found`: Nothing has this id. Ids are positive 32-bit integers. */
        Refused404: {
            headers: {
                "X-Error-Code"?: "not_found";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalN"];
            };
        };
        /** @description `not_found`: Nothing has this id. Ids are positive 32-bit integers. */
        Refused404_2: {
            headers: {
                "X-Error-Code"?: "not_found";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalK"];
            };
        };
        /** @description `validation_failed`: The answer names each field and what is wrong with it. */
        Refused422_7: {
            headers: {
                "X-Error-Code"?: "validation_failed";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalE"];
            };
        };
        /**
         * @description `validation_failed`: The answer names each field and what is wrong with it.
         *
         *     `idempotency_mismatch`: Use a new key for a new request.
         */
        Refused422_8: {
            headers: {
                "X-Error-Code"?: "validation_failed" | "idempotency_mismatch";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalE"] | components["schemas"]["RefusalA0"];
            };
        };
        /**
         * @description `validation_failed`: The answer names each field and what is wrong with it.
         *
         *     `idempotency_mismatch`: Use a new key for a new request.
         */
        Refused422_9: {
            headers: {
                "X-Error-Code"?: "validation_failed" | "idempotency_mismatch";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalM"] | components["schemas"]["RefusalA0"];
            };
        };
        /**
         * @description `malformed_request`: The body is not valid JSON or form data, nests too deeply, or a header has a form that is not allowed.
         *
         *     `delete_refused`: A charging session is active on the power center.
         */
        Refused400_3: {
            headers: {
                "X-Error-Code"?: "malformed_request" | "delete_refused";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalA0"] | components["schemas"]["RefusalN"];
            };
        };
        /**
         * @description `validation_failed`: The answer names each field and what is wrong with it.
         *
         *     `idempotency_mismatch`: Use a new key for a new request.
         */
        Refused422_10: {
            headers: {
                "X-Error-Code"?: "validation_failed" | "idempotency_mismatch";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalE"] | components["schemas"]["RefusalA0"];
            };
        };
        /**
         * @description `validation_failed`: The answer names each field and what is wrong with it.
         *
         *     `idempotency_mismatch`: Use a new key for a new request.
         */
        Refused422_11: {
            headers: {
                "X-Error-Code"?: "validation_failed" | "idempotency_mismatch";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalE"] | components["schemas"]["RefusalA0"];
            };
        };
        /** @description `not_found`: Nothing has this id. Ids are positive 32-bit integers. */
        Refused404_3: {
            headers: {
                "X-Error-Code"?: "not_found";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalN"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    accountsRegister: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @example owner@demo.test
                     */
                    email: string;
                    /** @example correct horse battery */
                    password: string;
                    /** @example Amina */
                    first_name: string;
                    /** @example Haddad */
                    last_name: string;
                    /** @example 195 */
                    country_id: number;
                    /** @example 966977977974 */
                    contact_number?: string;
                    vat_id?: string;
                    /** @example DZD */
                    currency?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Verification"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            400: components["responses"]["Refused400"];
            401: components["responses"]["Refused401"];
            409: components["responses"]["Refused409"];
            413: components["responses"]["Refused413"];
            415: components["responses"]["Refused415"];
            422: components["responses"]["Refused422"];
            429: components["responses"]["Refused429"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    accountsLogin: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @example owner@demo.test
                     */
                    email: string;
                    /** @example Charge-2026! */
                    password: string;
                    device_imei?: string;
                    device_token?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuthUser"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            /** @description The e-mail address is not verified yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Verification"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            400: components["responses"]["Refused400"];
            401: components["responses"]["Refused401"];
            409: components["responses"]["Refused409"];
            413: components["responses"]["Refused413"];
            415: components["responses"]["Refused415"];
            422: components["responses"]["Refused422_2"];
            429: components["responses"]["Refused429"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    accountsVerifyEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 123e4567-e89b-12d3-a456-426614174000 */
                    verification_token: string;
                    /** @example 1234 */
                    verification_code: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuthUser"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            400: components["responses"]["Refused400"];
            401: components["responses"]["Refused401"];
            409: components["responses"]["Refused409"];
            413: components["responses"]["Refused413"];
            415: components["responses"]["Refused415"];
            422: components["responses"]["Refused422_3"];
            429: components["responses"]["Refused429"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    accountsResendVerification: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 123e4567-e89b-12d3-a456-426614174000 */
                    verification_token: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Verification"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            400: components["responses"]["Refused400"];
            401: components["responses"]["Refused401"];
            409: components["responses"]["Refused409"];
            413: components["responses"]["Refused413"];
            415: components["responses"]["Refused415"];
            422: components["responses"]["Refused422_4"];
            429: components["responses"]["Refused429_2"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    accountsLogout: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    device_imei?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refused400"];
            401: components["responses"]["Refused401_2"];
            409: components["responses"]["Refused409"];
            413: components["responses"]["Refused413"];
            415: components["responses"]["Refused415"];
            422: components["responses"]["Refused422"];
            429: components["responses"]["Refused429"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    accountsRefresh: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["FreshToken"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            400: components["responses"]["Refused400"];
            401: components["responses"]["Refused401_2"];
            409: components["responses"]["Refused409"];
            413: components["responses"]["Refused413"];
            415: components["responses"]["Refused415"];
            422: components["responses"]["Refused422_5"];
            429: components["responses"]["Refused429"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    accountsResetPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @example owner@demo.test
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Verification"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            400: components["responses"]["Refused400"];
            401: components["responses"]["Refused401"];
            409: components["responses"]["Refused409"];
            413: components["responses"]["Refused413"];
            415: components["responses"]["Refused415"];
            422: components["responses"]["Refused422"];
            429: components["responses"]["Refused429"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    accountsResendReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 123e4567-e89b-12d3-a456-426614174000 */
                    verification_token: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Verification"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            400: components["responses"]["Refused400"];
            401: components["responses"]["Refused401"];
            409: components["responses"]["Refused409"];
            413: components["responses"]["Refused413"];
            415: components["responses"]["Refused415"];
            422: components["responses"]["Refused422_4"];
            429: components["responses"]["Refused429_2"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    accountsVerifyReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 123e4567-e89b-12d3-a456-426614174000 */
                    verification_token: string;
                    /** @example 1234 */
                    verification_code: string;
                    password?: string;
                    password_confirmation?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuthUser"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            400: components["responses"]["Refused400"];
            401: components["responses"]["Refused401"];
            409: components["responses"]["Refused409"];
            413: components["responses"]["Refused413"];
            415: components["responses"]["Refused415"];
            422: components["responses"]["Refused422_3"];
            429: components["responses"]["Refused429"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    usersMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["OwnUser"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    usersUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example Amina */
                    first_name?: string;
                    /** @example Haddad */
                    last_name?: string;
                    /** @example 966977977974 */
                    contact_number?: string;
                    /** @example 195 */
                    country_id?: number;
                    /** @example DZD */
                    currency?: string;
                    /** @enum {string} */
                    language?: "en" | "ar";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["OwnUser"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    usersChangePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    old_password: string;
                    password: string;
                    password_confirmation?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    usersPermissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: string[];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    usersRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: string[];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    usersSubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Subscription"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    usersUnsubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Subscription"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    membersAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Member"][];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    membersInvite: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @example salma@example.com
                     */
                    email: string;
                    /**
                     * @example manager
                     * @enum {string}
                     */
                    role: "admin" | "manager" | "viewer";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Member"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    membersRemove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    membersChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @example admin
                     * @enum {string}
                     */
                    role?: "owner" | "admin" | "manager" | "viewer";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Member"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    apiKeysAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["ApiKey"][];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    apiKeysCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Accounting */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["NewApiKey"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    apiKeysRemove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    countriesAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Country"][];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            401: components["responses"]["Refused401_2"];
            429: components["responses"]["Refused429"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    countriesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CountryDetail"];
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        message: string;
                    };
                };
            };
            401: components["responses"]["Refused401_2"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404_2"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429"];
            500: components["responses"]["Refused500"];
            503: components["responses"]["Refused503"];
            504: components["responses"]["Refused504"];
        };
    };
    categoriesTable: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
            };
            header?: never;
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["Category"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    categoriesAllOrOne: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
            };
            header?: never;
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Category"][] | components["schemas"]["Category"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    categoriesReplace: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id. */
                type: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Electronics */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Category"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_8"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    categoriesRemove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id. */
                type: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    categoriesChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id. */
                type: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example Electronics */
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Category"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_8"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    categoriesCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Electronics */
                    name: string;
                    /**
                     * @example charging-site
                     * @enum {string}
                     */
                    type: "charging-site" | "charge-point";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Category"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_8"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    chargePointsAll: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargePointListRow"][];
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    chargePointsCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example veniam */
                    title: string;
                    /** @example facilis */
                    identifier?: string;
                    /**
                     * @example EV_CHARGER
                     * @enum {string}
                     */
                    category: "EV_CHARGER" | "SMART_PLUG" | "SMART_METER";
                    /** @example ut */
                    address_line_1?: string;
                    /** @example est */
                    address_line_2?: string;
                    /** @example amet */
                    address_line_3?: string;
                    /** @example rerum */
                    zipcode?: string;
                    /** @example facere */
                    city?: string;
                    /** @example id */
                    state?: string;
                    /**
                     * Format: double
                     * @example 49.28628
                     */
                    latitude?: number;
                    /**
                     * Format: double
                     * @example 144776
                     */
                    longitude?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargePointModel"];
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_9"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    chargePointsTable: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["ChargePointRow"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    chargePointsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargePointFull"];
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    chargePointsReplace: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example FastCharge Station 101 */
                    title?: string;
                    /** @example Available 24/7 near the main square. */
                    description?: string;
                    /**
                     * Format: double
                     * @example 25.276987
                     */
                    latitude?: number;
                    /**
                     * Format: double
                     * @example 55.296249
                     */
                    longitude?: number;
                    /** @example 123 Main Street */
                    address_line_1?: string;
                    /** @example Suite 4B */
                    address_line_2?: string;
                    /** @example Business Complex */
                    address_line_3?: string;
                    /** @example 12345 */
                    zipcode?: string;
                    /** @example Dubai */
                    city?: string;
                    /** @example Dubai */
                    state?: string;
                    /** @example +971500000000 */
                    contact_number?: string;
                    /** @example 08:00:00 */
                    open_time?: string;
                    /** @example 22:00:00 */
                    close_time?: string;
                    /** @example 15.5 */
                    price?: number | string;
                    /** @example AED */
                    price_currency?: string;
                    /**
                     * @example EV_CHARGER
                     * @enum {string}
                     */
                    category?: "EV_CHARGER" | "SMART_PLUG" | "SMART_METER";
                    /**
                     * @example minutes
                     * @enum {string}
                     */
                    price_unit?: "minutes" | "energy";
                    /** @example 60 */
                    session_limit_value?: number;
                    /**
                     * @example minutes
                     * @enum {string}
                     */
                    session_limit_type?: "minutes" | "energy";
                    /** @example false */
                    listed?: boolean;
                    /** @example 2 */
                    type?: number;
                    /**
                     * @example [
                     *       1
                     *     ]
                     */
                    amenities?: number[];
                    connectors?: {
                        /** @example 1 */
                        id: number;
                        /** @example 2 */
                        number?: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargePointModel"];
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    chargePointsRemove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_3"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    chargePointsChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example FastCharge Station 101 */
                    title?: string;
                    /** @example Available 24/7 near the main square. */
                    description?: string;
                    /**
                     * Format: double
                     * @example 25.276987
                     */
                    latitude?: number;
                    /**
                     * Format: double
                     * @example 55.296249
                     */
                    longitude?: number;
                    /** @example 123 Main Street */
                    address_line_1?: string;
                    /** @example Suite 4B */
                    address_line_2?: string;
                    /** @example Business Complex */
                    address_line_3?: string;
                    /** @example 12345 */
                    zipcode?: string;
                    /** @example Dubai */
                    city?: string;
                    /** @example Dubai */
                    state?: string;
                    /** @example +971500000000 */
                    contact_number?: string;
                    /** @example 08:00:00 */
                    open_time?: string;
                    /** @example 22:00:00 */
                    close_time?: string;
                    /** @example 15.5 */
                    price?: number | string;
                    /** @example AED */
                    price_currency?: string;
                    /**
                     * @example EV_CHARGER
                     * @enum {string}
                     */
                    category?: "EV_CHARGER" | "SMART_PLUG" | "SMART_METER";
                    /**
                     * @example minutes
                     * @enum {string}
                     */
                    price_unit?: "minutes" | "energy";
                    /** @example 60 */
                    session_limit_value?: number;
                    /**
                     * @example minutes
                     * @enum {string}
                     */
                    session_limit_type?: "minutes" | "energy";
                    /** @example false */
                    listed?: boolean;
                    /** @example 2 */
                    type?: number;
                    /**
                     * @example [
                     *       1
                     *     ]
                     */
                    amenities?: number[];
                    connectors?: {
                        /** @example 1 */
                        id: number;
                        /** @example 2 */
                        number?: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargePointModel"];
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    groupsTable: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
                /** @description Whether to answer the power centers themselves as well. */
                "power-centers"?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["Group"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    groupsAll: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
                /** @description Whether to answer the power centers themselves as well. */
                "power-centers"?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["Group"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    groupsCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Airport */
                    name: string;
                    /** @example Airport Parking Ltd */
                    companyName?: string;
                    /** @example LC-2025-17 */
                    licenseCode?: string;
                    /**
                     * @example [
                     *       24
                     *     ]
                     */
                    chargePoints?: number[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Group"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_10"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    groupsOne: {
        parameters: {
            query?: {
                /** @description Whether to answer the power centers themselves as well. */
                "power-centers"?: boolean;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Group"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    groupsReplace: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example Airport */
                    name?: string;
                    /** @example Airport Parking Ltd */
                    companyName?: string;
                    /** @example LC-2025-17 */
                    licenseCode?: string;
                    /**
                     * @example [
                     *       24
                     *     ]
                     */
                    chargePoints?: number[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Group"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_8"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    groupsRemove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    groupsChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example Airport */
                    name?: string;
                    /** @example Airport Parking Ltd */
                    companyName?: string;
                    /** @example LC-2025-17 */
                    licenseCode?: string;
                    /**
                     * @example [
                     *       24
                     *     ]
                     */
                    chargePoints?: number[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Group"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_8"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    rangePricesAll: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                charge_point_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["RangePrice"][];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    rangePricesCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                charge_point_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 258.28 */
                    price: number | string;
                    /** @example 09:02 */
                    startingTime: string;
                    /** @example 10:02 */
                    endingTime: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["RangePrice"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    rangePricesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["RangePrice"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    rangePricesReplace: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 258.28 */
                    price: number | string;
                    /** @example 09:02 */
                    startingTime: string;
                    /** @example 10:02 */
                    endingTime: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["RangePrice"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    rangePricesRemove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    rangePricesChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example 258.28 */
                    price?: number | string;
                    /** @example 09:02 */
                    startingTime?: string;
                    /** @example 10:02 */
                    endingTime?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["RangePrice"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    sitesTable: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
                /** @description Whether to answer the power centers themselves as well. */
                "power-centers"?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["Site"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    sitesAll: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
                /** @description Whether to answer the power centers themselves as well. */
                "power-centers"?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Site"][];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    sitesCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 58 */
                    category?: number;
                    /** @example true */
                    status?: boolean;
                    /**
                     * Format: date
                     * @example 2025-05-12
                     */
                    startDate?: string;
                    /**
                     * Format: date
                     * @example 2026-05-12
                     */
                    endDate?: string;
                    /** @example CS-11 */
                    integrationCode?: string;
                    /**
                     * @example [
                     *       20,
                     *       21
                     *     ]
                     */
                    chargePoints?: number[];
                    address?: {
                        /** @example 195 */
                        country_id?: number;
                        /** @example Algiers */
                        state?: string;
                        /** @example Algiers */
                        city?: string;
                        /** @example 16049 */
                        zipcode?: string;
                        /** @example 1 Rue Didouche Mourad */
                        address_line_1?: string;
                        /** @example Second yard */
                        address_line_2?: string;
                        address_line_3?: string;
                        /**
                         * Format: double
                         * @example 36.7538
                         */
                        latitude?: number;
                        /**
                         * Format: double
                         * @example 3.0588
                         */
                        longitude?: number;
                    };
                    /** @example Site 11 */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Site"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_11"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    sitesOne: {
        parameters: {
            query?: {
                /** @description Whether to answer the power centers themselves as well. */
                "power-centers"?: boolean;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Site"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    sitesReplace: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 58 */
                    category?: number;
                    /** @example true */
                    status?: boolean;
                    /**
                     * Format: date
                     * @example 2025-05-12
                     */
                    startDate?: string;
                    /**
                     * Format: date
                     * @example 2026-05-12
                     */
                    endDate?: string;
                    /** @example CS-11 */
                    integrationCode?: string;
                    /**
                     * @example [
                     *       20,
                     *       21
                     *     ]
                     */
                    chargePoints?: number[];
                    address?: {
                        /** @example 195 */
                        country_id?: number;
                        /** @example Algiers */
                        state?: string;
                        /** @example Algiers */
                        city?: string;
                        /** @example 16049 */
                        zipcode?: string;
                        /** @example 1 Rue Didouche Mourad */
                        address_line_1?: string;
                        /** @example Second yard */
                        address_line_2?: string;
                        address_line_3?: string;
                        /**
                         * Format: double
                         * @example 36.7538
                         */
                        latitude?: number;
                        /**
                         * Format: double
                         * @example 3.0588
                         */
                        longitude?: number;
                    };
                    /** @example Site 11 */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Site"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_11"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    sitesRemove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    sitesChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example 58 */
                    category?: number;
                    /** @example true */
                    status?: boolean;
                    /**
                     * Format: date
                     * @example 2025-05-12
                     */
                    startDate?: string;
                    /**
                     * Format: date
                     * @example 2026-05-12
                     */
                    endDate?: string;
                    /** @example CS-11 */
                    integrationCode?: string;
                    /**
                     * @example [
                     *       20,
                     *       21
                     *     ]
                     */
                    chargePoints?: number[];
                    address?: {
                        /** @example 195 */
                        country_id?: number;
                        /** @example Algiers */
                        state?: string;
                        /** @example Algiers */
                        city?: string;
                        /** @example 16049 */
                        zipcode?: string;
                        /** @example 1 Rue Didouche Mourad */
                        address_line_1?: string;
                        /** @example Second yard */
                        address_line_2?: string;
                        address_line_3?: string;
                        /**
                         * Format: double
                         * @example 36.7538
                         */
                        latitude?: number;
                        /**
                         * Format: double
                         * @example 3.0588
                         */
                        longitude?: number;
                    };
                    /** @example Site 11 */
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Site"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_11"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    mapsAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        type: "FeatureCollection";
                        features: components["schemas"]["MapFeature"][];
                    };
                    "application/geo+json": {
                        /** @enum {string} */
                        type: "FeatureCollection";
                        features: components["schemas"]["MapFeature"][];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    mapsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapFeatures"];
                    "application/geo+json": components["schemas"]["MapFeatures"];
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    statsAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Stats"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    statsSustainability: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: unknown;
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    statsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    ordersTable: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
                sortBy?: {
                    /** @enum {string} */
                    key?: "insert_date" | "duration" | "energy" | "price" | "totalEarning";
                    /** @enum {string} */
                    order?: "asc" | "desc";
                }[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["Order"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    ordersOfChargePoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chargePointID: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"][];
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404_3"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    ordersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderID: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404_3"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    chargePointOrdersOrders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargePointOrder"][];
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    feedbackTable: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["Feedback"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    feedbackOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                feedbackID: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404_3"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    exportsFeedback: {
        parameters: {
            query?: {
                /** @description The form of the file; also by `Accept: text/csv`. */
                format?: "xlsx" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": string;
                };
            };
            /** @description Asked for by `Prefer: respond-async`, or not ready within the wait. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["ExportJob"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    exportsOrders: {
        parameters: {
            query?: {
                /** @description The form of the file; also by `Accept: text/csv`. */
                format?: "xlsx" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": string;
                };
            };
            /** @description Asked for by `Prefer: respond-async`, or not ready within the wait. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["ExportJob"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    exportsPowerCenters: {
        parameters: {
            query?: {
                /** @description The form of the file; also by `Accept: text/csv`. */
                format?: "xlsx" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": string;
                };
            };
            /** @description Asked for by `Prefer: respond-async`, or not ready within the wait. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["ExportJob"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    exportsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["ExportJob"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    exportsCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    exportsFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": string;
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    workersTable: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["Worker"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    workersResetByGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                worker_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    workersReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                worker_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    workersAll: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["Worker"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    workersCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example John */
                    first_name: string;
                    /** @example Doe */
                    last_name: string;
                    /**
                     * Format: email
                     * @example worker@example.com
                     */
                    email: string;
                    /** @example 123456789012 */
                    rfid: string;
                    /**
                     * Format: date
                     * @example 2025-12-31
                     */
                    expire_at: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Worker"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    workersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Worker"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    workersReplace: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example John */
                    first_name: string;
                    /** @example Doe */
                    last_name: string;
                    /**
                     * Format: email
                     * @example worker@example.com
                     */
                    email: string;
                    /** @example 123456789012 */
                    rfid: string;
                    /**
                     * Format: date
                     * @example 2025-12-31
                     */
                    expire_at: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Worker"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    workersRemove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    workersChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example John */
                    first_name?: string;
                    /** @example Doe */
                    last_name?: string;
                    /**
                     * Format: email
                     * @example worker@example.com
                     */
                    email?: string;
                    /** @example 123456789012 */
                    rfid?: string;
                    /**
                     * Format: date
                     * @example 2025-12-31
                     */
                    expire_at?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Worker"];
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    ownMoneyBalance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["Balance"];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    ownMoneyPayoutMethods: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["PayoutMethod"][];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    payoutMethodsMine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["PayoutMethod"][];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    payoutMethodsAvailable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: components["schemas"]["PayoutMethod"][];
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    payoutMethodsAdd: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                payoutMethod_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example John Doe */
                    fullname: string;
                    /**
                     * @example individual
                     * @enum {string}
                     */
                    userType: "individual" | "company";
                    /** @example 123 Main Street, City, Country */
                    address: string;
                    /** @example 123-45-6789 */
                    TIN: string;
                    /** @example 0501234567 */
                    id?: string;
                    /**
                     * Format: email
                     * @example owner@example.com
                     */
                    email: string;
                    /** @example DE89370400440532013000 */
                    accountNumber?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    payoutMethodsUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                payoutMethod_name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @example John Doe */
                    fullname?: string;
                    /**
                     * @example individual
                     * @enum {string}
                     */
                    userType?: "individual" | "company";
                    /** @example 123 Main Street, City, Country */
                    address?: string;
                    /** @example 123-45-6789 */
                    TIN?: string;
                    /** @example 0501234567 */
                    id?: string;
                    /**
                     * Format: email
                     * @example owner@example.com
                     */
                    email?: string;
                    /** @example DE89370400440532013000 */
                    accountNumber?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    payoutMethodsRemove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                payoutMethod_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            404: components["responses"]["Refused404"];
            409: components["responses"]["Refused409_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    payoutsTable: {
        parameters: {
            query?: {
                /** @description Rows a page; -1 for all, streamed. */
                itemsPerPage?: number;
                /** @description Page, from 1. */
                page?: number;
                /** @description Part of the text searched for, in any script and case; wildcards are taken literally. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                        results: {
                            data: components["schemas"]["Payout"][];
                            meta: {
                                per_page: number;
                                total: number;
                            };
                        };
                    };
                };
            };
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            422: components["responses"]["Refused422_7"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
    payoutsRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 1 */
                    payoutMethod: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example 1
                         * @enum {integer}
                         */
                        success: 1;
                        /** @example Done! */
                        msg: string;
                        /** @example تمت العمليه بنجاح */
                        msg_arabic: string;
                    };
                };
            };
            400: components["responses"]["Refused400_2"];
            401: components["responses"]["Refused401_3"];
            403: components["responses"]["Refused403"];
            409: components["responses"]["Refused409_2"];
            413: components["responses"]["Refused413_2"];
            415: components["responses"]["Refused415_2"];
            422: components["responses"]["Refused422_6"];
            429: components["responses"]["Refused429_3"];
            500: components["responses"]["Refused500_2"];
            503: components["responses"]["Refused503_2"];
            504: components["responses"]["Refused504_2"];
        };
    };
}
