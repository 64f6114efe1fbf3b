#!/bin/sh
# What the template cannot do: rights in Microsoft Graph for the bot's identity, the app for Partner Center with its certificate, and
# the image. Run by azd after each provision, or by hand: sh infra/connect.sh. It may be run again: what is there already stays.
# `sh infra/connect.sh upgrade` builds a new image of this folder.
set -eu

GRAPH=00000003-0000-0000-c000-000000000000
PRICE_SHEETS=https://api.partner.microsoft.com
PARTNER_CENTER=fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd
CERTIFICATE=partner-certificate

[ -n "${BOT_IDENTITY_OBJECT_ID:-}" ] || eval "$(azd env get-values)"
for name in BOT_IDENTITY_OBJECT_ID PUBLIC_URL REGISTRY_NAME VAULT_NAME; do
  eval "value=\${$name:-}"
  [ -n "$value" ] || { echo "$name is not known: run azd provision first." >&2; exit 1; }
done

echo '1 of 4  Microsoft Graph: the bot may read who is in the groups of ROLES'
graph_id=$(az ad sp show --id "$GRAPH" --query id --output tsv)
held=$(az rest --method GET --url "https://graph.microsoft.com/v1.0/servicePrincipals/$BOT_IDENTITY_OBJECT_ID/appRoleAssignments" --query 'value[].appRoleId' --output tsv)
for permission in GroupMember.Read.All User.ReadBasic.All; do
  role_id=$(az ad sp show --id "$GRAPH" --query "appRoles[?value=='$permission'].id | [0]" --output tsv)
  case "$held" in
    *"$role_id"*) echo "        $permission is given already" ;;
    *)
      az rest --method POST --url "https://graph.microsoft.com/v1.0/servicePrincipals/$BOT_IDENTITY_OBJECT_ID/appRoleAssignments" \
        --body "{\"principalId\":\"$BOT_IDENTITY_OBJECT_ID\",\"resourceId\":\"$graph_id\",\"appRoleId\":\"$role_id\"}" --output none
      echo "        $permission is given"
      ;;
  esac
done

echo '2 of 4  Partner Center: an app of its own, which may act for the one who consents'
elsewhere=''
if [ -n "${PARTNER_TENANT_ID:-}" ] && [ "$(echo "$PARTNER_TENANT_ID" | tr 'A-Z' 'a-z')" != "$(az account show --query tenantId --output tsv)" ]; then
  elsewhere=yes
  echo "        PARTNER_TENANT_ID is not the tenant that you are signed in to, so the app is yours to make there: docs/install.md, under “Partner Center in another tenant”"
else
  if [ -z "${PARTNER_CLIENT_ID:-}" ]; then
    PARTNER_CLIENT_ID=$(az ad app create --display-name 'Successor for Partner Center' --sign-in-audience AzureADMyOrg \
      --web-redirect-uris "$PUBLIC_URL/consent/callback" --query appId --output tsv)
    azd env set PARTNER_CLIENT_ID "$PARTNER_CLIENT_ID"
    echo "        made: $PARTNER_CLIENT_ID"
  fi
  az ad app update --id "$PARTNER_CLIENT_ID" --web-redirect-uris "$PUBLIC_URL/consent/callback"
  az ad sp show --id "$PARTNER_CLIENT_ID" --output none 2>/dev/null || az ad sp create --id "$PARTNER_CLIENT_ID" --output none
  az ad sp show --id "$PARTNER_CENTER" --output none 2>/dev/null || az ad sp create --id "$PARTNER_CENTER" --output none
  scope_id=$(az ad sp show --id "$PARTNER_CENTER" --query "oauth2PermissionScopes[?value=='user_impersonation'].id | [0]" --output tsv)
  wanted=$(az ad app permission list --id "$PARTNER_CLIENT_ID" --query '[].resourceAccess[].id' --output tsv)
  case "$wanted" in
    *"$scope_id"*) ;;
    *) az ad app permission add --id "$PARTNER_CLIENT_ID" --api "$PARTNER_CENTER" --api-permissions "$scope_id=Scope" --output none ;;
  esac
  # The price sheets are an API of their own, with a consent of its own.
  apis=1
  sheets=$(az ad sp show --id "$PRICE_SHEETS" --query appId --output tsv 2>/dev/null || true)
  sheets_scope=$(az ad sp show --id "$PRICE_SHEETS" --query "oauth2PermissionScopes[?value=='user_impersonation'].id | [0]" --output tsv 2>/dev/null || true)
  if [ -z "$sheets" ] || [ -z "$sheets_scope" ]; then
    echo "        this tenant does not know the price sheets ($PRICE_SHEETS): cards give percentages in place of figures"
  else
    apis=2
    case "$wanted" in
      *"$sheets_scope"*) ;;
      *) az ad app permission add --id "$PARTNER_CLIENT_ID" --api "$sheets" --api-permissions "$sheets_scope=Scope" --output none ;;
    esac
  fi
  # Most tenants let nobody but an administrator consent to an app.
  granted=$(az ad app permission list-grants --id "$PARTNER_CLIENT_ID" --query "length([?consentType=='AllPrincipals'])" --output tsv 2>/dev/null || true)
  if [ "${granted:-0}" -ge "$apis" ]; then
    echo '        an administrator has consented already'
  elif az ad app permission admin-consent --id "$PARTNER_CLIENT_ID"; then
    echo '        an administrator has consented'
  else
    echo "        it waits for an administrator, without whom the sign-in of “consent” may be refused: az ad app permission admin-consent --id $PARTNER_CLIENT_ID"
  fi
fi

echo '3 of 4  The certificate: made in the vault; its key stays there'
public=$(mktemp)
trap 'rm -f "$public"' EXIT
if ! az keyvault certificate show --vault-name "$VAULT_NAME" --name "$CERTIFICATE" --output none 2>/dev/null; then
  # A right that was given a moment ago may take some minutes to count.
  tries=0
  until az keyvault certificate create --vault-name "$VAULT_NAME" --name "$CERTIFICATE" --policy "@$(dirname "$0")/certificate.json" --output none; do
    tries=$((tries + 1))
    [ "$tries" -gt 1 ] || echo "        not yet: it is tried again for five minutes, for a right that was just given. Only whoever ran azd up has been given it: anybody else ends here with Ctrl-C, and that one runs: sh infra/connect.sh"
    [ "$tries" -lt 10 ] || { echo "The certificate could not be made in $VAULT_NAME: you need the role Key Vault Certificates Officer there. Whoever ran azd up has it: let that one run sh infra/connect.sh." >&2; exit 1; }
    sleep "${PAUSE_SECONDS:-30}"
  done
fi
# Key Vault writes there 30 days before the certificate ends.
if [ -n "${ALARM_EMAIL:-}" ]; then
  # The whole answer is looked through: an address stands in it between quotation marks, whatever its field is called.
  if az keyvault certificate contact list --vault-name "$VAULT_NAME" --output json 2>/dev/null | grep -qiF "\"$ALARM_EMAIL\"" ||
    az keyvault certificate contact add --vault-name "$VAULT_NAME" --email "$ALARM_EMAIL" --output none; then
    echo "        $ALARM_EMAIL hears of its end"
  else
    echo "        $ALARM_EMAIL could not be named to hear of its end: az keyvault certificate contact add --vault-name $VAULT_NAME --email $ALARM_EMAIL"
  fi
else
  echo '        nobody hears of its end: name somebody with azd env set ALARM_EMAIL <address>'
fi
rm -f "$public"
az keyvault certificate download --vault-name "$VAULT_NAME" --name "$CERTIFICATE" --encoding PEM --file "$public"
thumbprint=$(az keyvault certificate show --vault-name "$VAULT_NAME" --name "$CERTIFICATE" --query x509ThumbprintHex --output tsv)
if [ -n "$elsewhere" ]; then
  cp "$public" "${CERTIFICATE_FOLDER:-.}/partner-certificate.pem"
  echo "        unless it is there already, upload partner-certificate.pem, which is in this folder and holds no key, to the app in the other tenant; its thumbprint is $thumbprint"
elif [ "${PARTNER_CERTIFICATE_THUMBPRINT:-}" = "$thumbprint" ]; then
  echo '        the app knows it already'
else
  # The one before it stays until it ends: a bot that still runs uses it.
  az ad app credential reset --id "$PARTNER_CLIENT_ID" --cert "@$public" --append --output none
  azd env set PARTNER_CERTIFICATE_THUMBPRINT "$thumbprint"
fi

echo '4 of 4  The image'
if [ -z "${SUCCESSOR_IMAGE:-}" ] || [ "${1:-}" = upgrade ]; then
  tag=$(date -u +%Y%m%d%H%M%S)
  az acr build --registry "$REGISTRY_NAME" --image "successor:$tag" "$(dirname "$0")/.."
  azd env set SUCCESSOR_IMAGE "$REGISTRY_NAME.azurecr.io/successor:$tag"
  echo "        built: successor:$tag. The next azd provision starts it, where PARTNER_CLIENT_ID is known; azd up runs one by itself"
else
  echo "        stays: $SUCCESSOR_IMAGE"
fi
