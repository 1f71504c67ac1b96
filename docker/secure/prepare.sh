#!/usr/bin/env bash
# prepare.sh [FOLDER]: makes certificates, passwords and each role's connection for docker/compose.secure.yaml, for one's own
# machine. FOLDER is docker/secure/local if none is named; what is there already is kept. Needs openssl.
set -euo pipefail

folder=${1:-$(dirname "${BASH_SOURCE[0]}")/local}
readonly days=365
readonly brokers='DNS:kafka,DNS:kafka-2,DNS:kafka-3,DNS:localhost,IP:127.0.0.1'
readonly principals='topology worker gateway topics operator'

umask 077
mkdir -p "$folder"
cd "$folder"
if [ -f broker.pem ]; then
  echo "kept: $PWD"
  exit 0
fi

password() { openssl rand -hex 24; }

# An authority of our own, and the brokers' certificate. The authority's key is thrown away.
openssl req -x509 -newkey rsa:3072 -nodes -days $days -subj '/CN=LiveMind local' -keyout authority.key -out authority.pem 2>/dev/null
openssl req -newkey rsa:3072 -nodes -subj '/CN=kafka' -keyout broker.key -out broker.csr 2>/dev/null
openssl x509 -req -in broker.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days $days -out broker.crt \
  -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$brokers") 2>/dev/null
cat broker.key broker.crt >broker.pem
rm authority.key authority.srl broker.key broker.csr broker.crt

# The administrator logs in with a password that the brokers' configuration holds; the roles' passwords are in Kafka.
login() { # CLASS USER PASSWORD [MORE]
  printf 'org.apache.kafka.common.security.%s required username="%s" password="%s"%s;' "$1" "$2" "$3" "${4:-}"
}
connection() { # MECHANISM LOGIN
  printf '%s\n' \
    "LIVEMIND_KAFKA_SECURITY_PROTOCOL=SASL_SSL" \
    "LIVEMIND_KAFKA_SASL_MECHANISM=$1" \
    "LIVEMIND_KAFKA_SASL_JAAS_CONFIG=$2" \
    "LIVEMIND_KAFKA_SSL_TRUSTSTORE_TYPE=PEM" \
    "LIVEMIND_KAFKA_SSL_TRUSTSTORE_LOCATION=/etc/livemind/authority.pem"
}

admin=$(password)
plain=$(login plain.PlainLoginModule admin "$admin" " user_admin=\"$admin\"")
printf '%s\n' "KAFKA_LISTENER_NAME_SECURE_PLAIN_SASL_JAAS_CONFIG=$plain" \
  "KAFKA_LISTENER_NAME_CONTROLLER_PLAIN_SASL_JAAS_CONFIG=$plain" >kafka.env
connection PLAIN "$(login plain.PlainLoginModule admin "$admin")" >admin.env

: >users.properties
for principal in $principals; do
  own=$(password)
  printf '%s=%s\n' "$principal" "$own" >>users.properties
  connection SCRAM-SHA-512 "$(login scram.ScramLoginModule "$principal" "$own")" >"$principal.env"
done

# Mounted into containers whose users are not this one.
chmod 644 authority.pem broker.pem users.properties
echo "made: $PWD"
