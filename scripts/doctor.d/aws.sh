# shellcheck shell=bash
# Sourced by scripts/doctor: what a deploy to AWS needs on this machine and of the account.

# AWS refuses most requests whose signature is five minutes away from its time:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html.
MOST_SKEW=240 GOOD_SKEW=60

# Asks AWS in the stack's region; where that fails its last words are in $ERRORS.
ask_aws() { AWS_PAGER="" timeout 30 aws "$@" --region "$REGION" --output text 2>"$ERRORS"; }

last_words() { grep . "$ERRORS" | tail -n 1 || true; }

check_account() {
  local answer account who
  if answer="$(ask_aws sts get-caller-identity --query '[Account,Arn]')"; then
    read -r account who <<<"$answer"
    ok "account" "$account, as $who"
  else
    bad "account" "AWS knows no credentials of yours: $(last_words)
      name them with AWS_PROFILE, or make some with 'aws configure sso' or 'aws configure'"
  fi
}

# The program names its region itself; what is typed by hand goes where the CLI's own leads.
check_region() {
  local own="${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region 2>/dev/null || true)}}"
  if [ "$own" = "$REGION" ]; then ok "region" "$REGION"; else
    bad "region" "${own:-none} is the aws CLI's, and $REGION the stack's (freshtrack:awsRegion): export AWS_REGION=$REGION"
  fi
}

# usage: check_zones KEY EXAMPLE DEFAULT
check_zones() {
  local zones there zone
  zones="$(setting "$STACK" "$1")"
  zones="${zones:-$3}"
  if ! there="$(ask_aws ec2 describe-availability-zones --filters Name=state,Values=available --query 'AvailabilityZones[].ZoneName')"; then
    bad "zones" "AWS doesn't tell them: $(last_words)"
    return
  fi
  there="$(tr -s '[:space:]' ' ' <<<"$there")"
  for zone in ${zones//,/ }; do
    if [[ " $there " == *" $zone "* ]]; then ok "zone" "$zone"; else
      bad "zone" "$zone is none of this account's; there are ${there% }: pulumi config set freshtrack:$1 $2 --stack $STACK"
    fi
  done
}

# ECS makes its role at the account's first cluster, and the cluster may be asked for too early then. Who deploys needn't be
# allowed to look.
check_role() {
  if ask_aws iam get-role --role-name AWSServiceRoleForECS --query Role.RoleName >/dev/null; then ok "ECS's role" "there"; else
    warn "ECS's role" "AWSServiceRoleForECS isn't there, or you may not see it: $(last_words)
      once for an account: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com"
  fi
}

# An image is one region's own, and goes when its maker takes it back.
check_image() {
  local image found
  image="$(setting "$STACK" ec2Ami)"
  if ! found="$(ask_aws ec2 describe-images --image-ids "${image:-none}" --query 'Images[].[Architecture,Name]')"; then
    bad "image" "${image:-nothing} (freshtrack:ec2Ami) is none in $REGION: $(last_words)
      docs/aws-ec2.md says how to look one up"
  elif [[ "$found" != x86_64* ]]; then
    bad "image" "$image (freshtrack:ec2Ami) is not for x86_64: ${found:-there is none with this ID}"
  else
    ok "image" "$image, ${found#*$'\t'}"
  fi
}

check_authorities() {
  local file
  file="$(setting "$STACK" databaseCaFile)"
  if [ -z "$file" ]; then
    bad "RDS authorities" "freshtrack:databaseCaFile is not set: docs/aws-fargate.md says where AWS publishes the file"
  elif [ ! -r "$file" ]; then
    bad "RDS authorities" "$file (freshtrack:databaseCaFile) can't be read here: docs/aws-fargate.md says where AWS publishes it"
  elif ! grep -q 'BEGIN CERTIFICATE' "$file"; then
    bad "RDS authorities" "$file (freshtrack:databaseCaFile) holds no certificate in PEM"
  elif [ "$(wc -c <"$file")" -ge 40960 ]; then
    bad "RDS authorities" "$file (freshtrack:databaseCaFile) has 40 KiB or more, which doesn't fit into a task definition: take the file of one region"
  else
    ok "RDS authorities" "$file, $(grep -c 'BEGIN CERTIFICATE' "$file") certificates"
  fi
}

check_aws_clock() {
  local address="https://sts.$REGION.amazonaws.com" date skew
  if [[ "$REGION" == cn-* ]]; then address="$address.cn"; fi
  date="$(curl --silent --show-error --head --max-time 15 "$address" 2>"$ERRORS" | tr -d '\r' | sed -n 's/^[Dd]ate: *//p')" || true
  if [ -z "$date" ]; then
    warn "clock" "$address doesn't tell the time: $(last_words)"
    return
  fi
  skew=$(($(date -d "$date" +%s) - $(date +%s)))
  skew="${skew#-}"
  if [ "$skew" -gt "$MOST_SKEW" ]; then
    bad "clock" "$skew s away from AWS's, which refuses requests then: 'timedatectl set-ntp true'"
  elif [ "$skew" -gt "$GOOD_SKEW" ]; then
    warn "clock" "$skew s away from AWS's"
  else
    ok "clock" "as AWS's"
  fi
}

check_aws() {
  local name
  REGION="$(setting "$STACK" awsRegion)"
  ERRORS="$(mktemp)"
  trap 'rm -f "$ERRORS"' EXIT

  for name in pulumi curl; do if has "$name"; then ok "$name" "there"; else bad "$name" "not found on this machine: install it"; fi; done
  check_version "aws CLI" 2 "$(version_of aws --version)" "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"
  check_plugin aws AWS
  if [ "$TARGET" = aws-ec2 ]; then
    if has ssh-keyscan; then ok "ssh-keyscan" "there"; else bad "ssh-keyscan" "not found on this machine: install it"; fi
    check_keys "scripts/setup keys $STACK" hostKey deployKey
  else
    check_authorities
  fi
  if has curl; then check_aws_clock; fi
  if ! has aws; then return; fi
  check_region
  check_account
  if [ "$TARGET" = aws-ec2 ]; then
    check_zones ec2Zone ZONE "${REGION}a"
    check_image
  else
    check_zones awsZones ZONE,ZONE "${REGION}a,${REGION}b"
    check_role
  fi
}
